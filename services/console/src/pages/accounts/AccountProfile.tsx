import { Button, NumberInput, Popover, TagsInput } from '@mantine/core';
import {
  ACCOUNT_TRAITS,
  isCount,
  TRAIT_LABELS,
  type AccountTrait,
} from '@penstock/accounts/model/account-trait';
import { useState } from 'react';

import { useChange, useMay } from '../../api/hooks.ts';
import type { AccountDetail } from '../../api/records.ts';
import dialog from '../../dialogs/dialogs.module.css';
import { say } from '../../ui/notify.tsx';
import { Fact, Facts, Section } from '../../ui/Section.tsx';
import { When } from '../../ui/When.tsx';
import styles from './accounts.module.css';

type Said = AccountDetail['traits'][number];

/** What people here know of the company and no provider tells: pains, tools, who decides. The fit counts it at once. */
export function AccountProfile({ account }: { account: AccountDetail }) {
  const may = useMay();
  return (
    <Section title="Own knowledge">
      <Facts>
        {ACCOUNT_TRAITS.map((trait) => {
          const said = account.traits.find((one) => one.trait === trait);
          return (
            <Fact key={trait} label={TRAIT_LABELS[trait]}>
              <span className={styles.trait}>
                {said ? <Told said={said} /> : <span className="faint">–</span>}
                {may('account.write') && <Edit account={account} trait={trait} said={said} />}
              </span>
            </Fact>
          );
        })}
      </Facts>
    </Section>
  );
}

function Told({ said }: { said: Said }) {
  return (
    <span>
      {said.words.join(', ')}{' '}
      <span className="dim">
        {said.by}, <When at={said.at} />
      </span>
    </span>
  );
}

function Edit(props: { account: AccountDetail; trait: AccountTrait; said: Said | undefined }) {
  const { account, trait, said } = props;
  const label = TRAIT_LABELS[trait];
  const [open, setOpen] = useState(false);
  const [words, setWords] = useState<string[]>(said?.words ?? []);
  const set = useChange('accounts.setTrait', {
    stale: ['accounts.get', 'scores.explain', 'queue.list', 'queue.get'],
  });
  const save = (next: string[]) =>
    set.mutate(
      { id: account.id, trait, words: next },
      {
        onSuccess: () => {
          setOpen(false);
          say.done(next.length === 0 ? `${label} cleared` : `${label} saved`, () =>
            set.mutate({ id: account.id, trait, words: said?.words ?? [] }),
          );
        },
      },
    );
  return (
    <Popover opened={open} onChange={setOpen} width={300} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          size="compact-xs"
          aria-label={`${said ? 'Change' : 'Set'} ${label.toLowerCase()}`}
          onClick={() => (setWords(said?.words ?? []), setOpen(!open))}
        >
          {said ? 'Change' : 'Set'}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <form
          className={dialog.form}
          onSubmit={(event) => {
            event.preventDefault();
            save(words);
          }}
        >
          {isCount(trait) ? (
            <NumberInput
              label={label}
              min={0}
              max={9999}
              value={words[0] ?? ''}
              onChange={(value) => setWords(value === '' ? [] : [String(value)])}
              data-autofocus
            />
          ) : (
            <TagsInput
              label={label}
              description="Type, then Enter. Empty: what providers report counts."
              value={words}
              onChange={setWords}
              acceptValueOnBlur
              data-autofocus
            />
          )}
          <div className={dialog.buttons}>
            <Button variant="default" onClick={() => setOpen(false)}>
              Cancel
            </Button>
            <Button type="submit" loading={set.isPending}>
              Save
            </Button>
          </div>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
