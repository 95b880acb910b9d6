import { Button, Checkbox, Modal, NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';

import type { Failure } from '../../api/failure.ts';
import { useChange } from '../../api/hooks.ts';
import type { ProviderRow } from '../../api/records.ts';
import dialog from '../../dialogs/dialogs.module.css';
import { say } from '../../ui/notify.tsx';
import { BASIS_CHOICES, basisInWords, basisOf, countriesOf, EUROPE } from './LawfulUse.tsx';

/** In words, what this workspace says on top of the vendor's own terms. */
export function ProviderTermsLine({ terms, retentionDays }: ProviderRow) {
  const { barredCountries, asksUnknownCountry, keepDays, lawfulBasis, basisNote } = terms;
  const days = keepDays ?? retentionDays;
  const parts = [
    ...(barredCountries.length === 0
      ? []
      : [
          `Not asked about people in ${barredCountries.join(', ')}${
            asksUnknownCountry ? '' : ', nor where the country is not known'
          }`,
        ]),
    ...(lawfulBasis === null
      ? []
      : [`Basis: ${basisInWords(lawfulBasis).toLowerCase()}${basisNote === '' ? '' : ` (${basisNote})`}`]),
    ...(days === null ? [] : [`Values are removed after ${days} days`]),
  ];
  return parts.length === 0 ? null : <p>{parts.join('. ')}.</p>;
}

/** About whom a provider may be asked, and how long its values are kept. */
export function ProviderTerms({ provider, onClose }: { provider: ProviderRow; onClose: () => void }) {
  const { terms, retentionDays } = provider;
  const [countries, setCountries] = useState(terms.barredCountries.join(' '));
  const [failure, setFailure] = useState<Failure | null>(null);
  const save = useChange('enrichment.setProviderTerms', {
    stale: ['enrichment.providers'],
    onDone: () => (say.done(`Terms of ${provider.name} saved`), onClose()),
    onFailure: (problem) => (setFailure(problem), true),
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const days = String(form.get('keepDays') ?? '').trim();
    save.mutate({
      provider: provider.id,
      barredCountries: countriesOf(countries),
      asksUnknownCountry: form.get('asksUnknownCountry') === 'on',
      keepDays: days === '' ? null : Number(days),
      lawfulBasis: basisOf(String(form.get('lawfulBasis') ?? '')),
      basisNote: String(form.get('basisNote') ?? ''),
    });
  };
  return (
    <Modal opened onClose={onClose} title={<strong>Terms of {provider.name}</strong>} size="md">
      <form onSubmit={onSubmit} className={dialog.form}>
        <p className="dim">{provider.lawfulUse}</p>
        <Textarea
          label="Not asked about people in"
          description="Countries by their two letters; the waterfall passes over it there, and says so"
          placeholder="DE FR"
          autosize
          minRows={2}
          value={countries}
          onChange={(event) => setCountries(event.currentTarget.value)}
          data-autofocus
        />
        <div>
          <Button variant="default" size="compact-xs" onClick={() => setCountries(EUROPE)}>
            The EEA, Switzerland and the UK
          </Button>
        </div>
        <Checkbox
          name="asksUnknownCountry"
          label="Ask about people whose country is not known"
          defaultChecked={terms.asksUnknownCountry}
        />
        <NumberInput
          label="Remove its values after"
          description={
            retentionDays === null
              ? 'The vendor sets no term'
              : `The vendor lets them be kept ${retentionDays} days at most`
          }
          name="keepDays"
          suffix=" days"
          placeholder={retentionDays === null ? 'Never' : `${retentionDays} days`}
          min={1}
          max={retentionDays ?? 3_650}
          allowDecimal={false}
          hideControls
          defaultValue={terms.keepDays ?? ''}
        />
        <NativeSelect
          label="Lawful basis of asking it"
          name="lawfulBasis"
          data={[{ value: '', label: 'As the workspace says of all' }, ...BASIS_CHOICES]}
          defaultValue={terms.lawfulBasis ?? ''}
        />
        <TextInput
          label="Where that is written down"
          name="basisNote"
          placeholder="Assessment of 12 March, contract with the vendor"
          maxLength={500}
          defaultValue={terms.basisNote}
        />
        {failure && (
          <div className={dialog.warning} role="alert">
            {failure.message}
          </div>
        )}
        <div className={dialog.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Modal>
  );
}
