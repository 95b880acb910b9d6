import { Alert, Button, Modal, NativeSelect, Textarea } from '@mantine/core';
import { LAWFUL_BASES, type LawfulBasis } from '@penstock/enrichment/model/provider-terms';
import { useState } from 'react';

import { useAnswer, useChange, useMay } from '../../api/hooks.ts';
import type { QueryOutput } from '../../api/procedures.ts';
import dialog from '../../dialogs/dialogs.module.css';
import { say } from '../../ui/notify.tsx';
import { Bone } from '../../ui/States.tsx';
import { When } from '../../ui/When.tsx';
import styles from './settings.module.css';

type Use = NonNullable<QueryOutput<'enrichment.lawfulUse'>['use']>;

/** The European Economic Area, Switzerland and the United Kingdom. */
export const EUROPE =
  'AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK';

const BASES: Record<LawfulBasis, string> = {
  legitimate_interest: 'Legitimate interest',
  consent: 'Consent',
  contract: 'Contract',
};
export const BASIS_CHOICES = LAWFUL_BASES.map((value) => ({ value, label: BASES[value] }));
export const basisOf = (value: string): LawfulBasis | null =>
  LAWFUL_BASES.find((one) => one === value) ?? null;
export const basisInWords = (basis: LawfulBasis | null): string => (basis === null ? 'none' : BASES[basis]);
export const countriesOf = (text: string): string[] => text.split(/[\s,]+/).filter((word) => word !== '');

/** On what asking about people rests, for all providers. */
export function LawfulUse() {
  const may = useMay();
  const answer = useAnswer('enrichment.lawfulUse', {});
  const [editing, setEditing] = useState(false);
  if (answer.isPending) return <Bone height={40} />;
  if (answer.isError) return null;
  const { use } = answer.data;
  const record = may('providers.manage') && (
    <Button variant="default" size="compact-sm" onClick={() => setEditing(true)}>
      {use ? 'Change' : 'Record it'}
    </Button>
  );
  return (
    <section className={styles.part} aria-label="Lawful use">
      <h3>Lawful use</h3>
      {use ? (
        <>
          <p>{use.purpose}</p>
          <p className="dim">
            Basis of all providers: {basisInWords(use.basis).toLowerCase()}.{' '}
            {use.neededIn.length === 0
              ? 'No country needs one.'
              : `Without a basis a provider is passed over in ${use.neededIn.join(', ')}.`}{' '}
            Recorded by {use.recordedBy}, <When at={use.recordedAt} />. {record}
          </p>
        </>
      ) : (
        <Alert color="gray" variant="light">
          Nobody has recorded yet why data about people is kept, and on which basis. Until then providers are
          asked everywhere, and values say “not recorded”. {record}
        </Alert>
      )}
      {editing && <Record use={use} onClose={() => setEditing(false)} />}
    </section>
  );
}

function Record({ use, onClose }: { use: Use | null; onClose: () => void }) {
  const [purpose, setPurpose] = useState(use?.purpose ?? '');
  const [basis, setBasis] = useState<string>(use?.basis ?? '');
  const [countries, setCountries] = useState((use?.neededIn ?? EUROPE.split(' ')).join(' '));
  const [problem, setProblem] = useState<string | null>(null);
  const save = useChange('enrichment.saveLawfulUse', {
    stale: ['enrichment.lawfulUse', 'enrichment.providers'],
    onDone: () => (say.done('Recorded'), onClose()),
    onFailure: ({ message }) => (setProblem(message), true),
  });
  return (
    <Modal opened onClose={onClose} title={<strong>Lawful use of data about people</strong>} size="md">
      <form
        className={dialog.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ purpose, basis: basisOf(basis), neededIn: countriesOf(countries) });
        }}
      >
        <Textarea
          label="What for, why it is needed, what protects the person"
          description="It stands in what a person is handed about themselves."
          autosize
          minRows={3}
          required
          value={purpose}
          onChange={({ currentTarget: { value } }) => setPurpose(value)}
          data-autofocus
        />
        <NativeSelect
          label="Basis of all providers"
          description="A provider may have another one, under its terms."
          data={[{ value: '', label: 'None: each provider needs its own' }, ...BASIS_CHOICES]}
          value={basis}
          onChange={({ currentTarget: { value } }) => setBasis(value)}
        />
        <Textarea
          label="Needed in"
          description="Countries by their two letters; a provider without a basis is not asked there, and the trace says so."
          autosize
          minRows={2}
          value={countries}
          onChange={({ currentTarget: { value } }) => setCountries(value)}
        />
        {problem !== null && (
          <div className={dialog.warning} role="alert">
            {problem}
          </div>
        )}
        <div className={dialog.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            Record
          </Button>
        </div>
      </form>
    </Modal>
  );
}
