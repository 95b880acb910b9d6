import { Menu } from '@mantine/core';
import { IconFlag, IconFlagOff, IconHandStop } from '@tabler/icons-react';

import { useChange, useMay } from '../../api/hooks.ts';
import type { PersonCard } from '../../api/records.ts';
import { say } from '../../ui/notify.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { When } from '../../ui/When.tsx';

const TIERS = { key: 'Key champion', standard: 'Champion', light: 'Supporter' } as const;

/** What a person is to us: a champion, somebody who left, somebody who objected. */
export function ChampionTag({ person }: { person: PersonCard }) {
  const { champion, leftAt } = person;
  return (
    <>
      {champion?.state === 'watched' && <Tag tone="accent">{TIERS[champion.tier]}</Tag>}
      {champion?.state === 'objected' && <Tag shape="ring">Objected to being watched</Tag>}
      {leftAt && (
        <Tag tone="warn" shape="half">
          No longer there since&nbsp;
          <When at={leftAt} />
        </Tag>
      )}
    </>
  );
}

/** Menu entries by which a person is marked, unmarked, or taken out for good. */
export function ChampionItems({ person }: { person: PersonCard }) {
  const may = useMay();
  const mark = useChange('champions.mark', {
    stale: ['accounts.get', 'champions.policy'],
    onDone: (_, { tier }) => say.done(tier === null ? 'No longer a champion' : 'Marked'),
  });
  const object = useChange('champions.object', {
    stale: ['accounts.get', 'champions.policy', 'champions.departures'],
    onDone: () => say.done('Recorded: this person is not watched again'),
  });
  const { champion } = person;
  if (!may('account.write') || person.leftAt !== null || champion?.state === 'objected') return null;
  const tier = champion?.state === 'watched' ? champion.tier : null;
  return (
    <>
      {(['key', 'standard', 'light'] as const)
        .filter((one) => one !== tier)
        .map((one) => (
          <Menu.Item
            key={one}
            leftSection={<IconFlag size={15} />}
            onClick={() => mark.mutate({ personId: person.id, tier: one })}
          >
            {TIERS[one]}
          </Menu.Item>
        ))}
      {tier !== null && (
        <Menu.Item
          leftSection={<IconFlagOff size={15} />}
          onClick={() => mark.mutate({ personId: person.id, tier: null })}
        >
          No champion
        </Menu.Item>
      )}
      {champion !== null && (
        <Menu.Item
          leftSection={<IconHandStop size={15} />}
          onClick={() => object.mutate({ personId: person.id })}
        >
          Objects to being watched
        </Menu.Item>
      )}
    </>
  );
}
