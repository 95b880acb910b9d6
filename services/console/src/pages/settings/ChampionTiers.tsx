import { Button, NumberInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';

import { useChange, useMay } from '../../api/hooks.ts';
import type { QueryOutput } from '../../api/procedures.ts';
import { moneyExact } from '../../format/money.ts';
import { say } from '../../ui/notify.tsx';
import styles from './settings.module.css';

type Tier = QueryOutput<'champions.checks'>['tiers'][number];

const NAMES: Readonly<Record<Tier['tier'], string>> = {
  key: 'Key',
  standard: 'Standard',
  light: 'Light',
};

const dollars = (micros: number): string => moneyExact(Math.round(micros / 10_000), 'USD');

/** How often champions of each tier are asked about, and what that may cost in a month. */
export function ChampionTiers({ tiers }: { tiers: readonly Tier[] }) {
  const editable = useMay()('icp.edit');
  const [edited, setEdited] = useState<Tier['tier'] | null>(null);
  const open = tiers.find(({ tier }) => tier === edited);
  return (
    <>
      <div className={styles.tableBox} tabIndex={0} role="region" aria-label="Tiers">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Tier</th>
              <th scope="col" className={styles.end}>
                Watched
              </th>
              <th scope="col" className={styles.end}>
                Every
              </th>
              <th scope="col" className={styles.end}>
                This month
              </th>
              <th scope="col" className={styles.end}>
                Due
              </th>
              <th scope="col">
                <span className="visually-hidden">Change</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {tiers.map((tier) => (
              <tr key={tier.tier}>
                <td>{NAMES[tier.tier]}</td>
                <td className={styles.end}>{tier.watched.toLocaleString('en-US')}</td>
                <td className={styles.end}>{tier.everyDays === 1 ? 'day' : `${tier.everyDays} days`}</td>
                <td className={styles.end}>
                  {dollars(tier.usedMicros)} <span className="faint">of {dollars(tier.budgetMicros)}</span>
                </td>
                <td className={styles.end}>
                  {tier.overdue}
                  {tier.held > 0 && <span className="faint">, {tier.held} held</span>}
                </td>
                <td className={styles.end}>
                  {editable && (
                    <Button
                      variant="default"
                      size="compact-sm"
                      aria-label={`Change ${NAMES[tier.tier]}`}
                      onClick={() => setEdited(edited === tier.tier ? null : tier.tier)}
                    >
                      Change
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {open && <TierForm key={open.tier} tier={open} onClose={() => setEdited(null)} />}
    </>
  );
}

function TierForm({ tier, onClose }: { tier: Tier; onClose: () => void }) {
  const save = useChange('champions.setTier', {
    stale: ['champions.checks'],
    onDone: () => {
      onClose();
      say.done(`${NAMES[tier.tier]} champions: set`);
    },
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    save.mutate({
      tier: tier.tier,
      everyDays: Number(form.get('everyDays')),
      budgetMicros: Math.round(Number(form.get('budget')) * 1_000_000),
    });
  };
  return (
    <form className={styles.choices} onSubmit={onSubmit}>
      <NumberInput
        label={`${NAMES[tier.tier]}: every (days)`}
        description="1 to 365, counted from the last answer"
        name="everyDays"
        defaultValue={tier.everyDays}
        min={1}
        max={365}
        allowDecimal={false}
        required
        data-autofocus
      />
      <NumberInput
        label="Budget a month (US$)"
        description="Besides the workspace’s own; 0 asks nobody"
        name="budget"
        defaultValue={tier.budgetMicros / 1_000_000}
        min={0}
        max={1_000_000}
        decimalScale={2}
        required
      />
      <div className={styles.tools}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={save.isPending}>
          Set
        </Button>
      </div>
    </form>
  );
}
