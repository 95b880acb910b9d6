import { ActionIcon, Checkbox, NativeSelect, NumberInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { FIELD_WORDS, FIELDS_IN_ORDER } from '@penstock/enrichment/model/waterfall-fields';
import { givesOf } from '@penstock/enrichment/model/waterfall-problems';

import { sentence } from '../../format/words.ts';
import { offerOf, type Field, type Offer, type Waterfall } from './waterfall-types.ts';
import styles from './waterfall.module.css';

type Props = {
  waterfall: Waterfall;
  offers: readonly Offer[];
  editable: boolean;
  onChange: (waterfall: Waterfall) => void;
};

/** What is wanted of a record, field by field: who is asked for it in which order, and when it is good enough. */
export function WantedTable({ waterfall, offers, editable, onChange }: Props) {
  const { wanted } = waterfall;
  const missing = FIELDS_IN_ORDER.filter((field) => !wanted.includes(field));
  return (
    <>
      <div className={styles.tableBox} tabIndex={0} role="region" aria-label="What is wanted">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Who is asked</th>
              <th scope="col">Least confidence</th>
              <th scope="col">Fresh for</th>
              <th scope="col">Needed to stop</th>
              {editable && (
                <th scope="col">
                  <span className="visually-hidden">Remove</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {wanted.map((field) => (
              <WantedRow key={field} field={field} {...{ waterfall, offers, editable, onChange }} />
            ))}
          </tbody>
        </table>
      </div>
      {editable && missing.length > 0 && (
        <NativeSelect
          className={styles.add ?? ''}
          aria-label="Want another field"
          value=""
          data={[
            { value: '', label: 'Want another field…' },
            ...missing.map((field) => ({ value: field, label: sentence(FIELD_WORDS[field]) })),
          ]}
          onChange={(event) => {
            const field = missing.find((one) => one === event.currentTarget.value);
            if (field) onChange({ ...waterfall, wanted: [...wanted, field] });
          }}
        />
      )}
    </>
  );
}

function WantedRow({ field, waterfall, offers, editable, onChange }: Props & { field: Field }) {
  const { wanted, policy, timeToLiveOf } = waterfall;
  const name = sentence(FIELD_WORDS[field]);
  const needed = waterfall.enough.length === 0 || waterfall.enough.includes(field);
  const setNeeded = (is: boolean) => {
    const enough = wanted.filter((one) =>
      one === field ? is : waterfall.enough.length === 0 || waterfall.enough.includes(one),
    );
    onChange({ ...waterfall, enough: enough.length === wanted.length ? [] : enough });
  };
  const lastNeeded = needed && waterfall.enough.length === 1;
  return (
    <tr>
      <td className={styles.field}>{name}</td>
      <td className={styles.chain}>{chainOf(field, waterfall, offers)}</td>
      <td>
        {field === 'work_email' ? (
          <span className="faint">by its verdict</span>
        ) : (
          <NumberInput
            aria-label={`Least confidence of ${name}`}
            placeholder="Any"
            suffix=" %"
            hideControls
            min={0}
            max={100}
            w={76}
            value={percent(policy.leastConfidence[field])}
            disabled={!editable}
            onChange={(least) =>
              onChange({
                ...waterfall,
                policy: {
                  ...policy,
                  leastConfidence: withField(
                    policy.leastConfidence,
                    field,
                    least === '' ? null : Number(least) / 100,
                  ),
                },
              })
            }
          />
        )}
      </td>
      <td>
        <NumberInput
          aria-label={`Days for which ${name} is fresh`}
          placeholder={`${waterfall.timeToLiveDays} days`}
          suffix=" days"
          hideControls
          allowDecimal={false}
          min={1}
          max={3_650}
          w={96}
          value={timeToLiveOf.fields[field] ?? ''}
          disabled={!editable}
          onChange={(days) =>
            onChange({
              ...waterfall,
              timeToLiveOf: {
                ...timeToLiveOf,
                fields: withField(timeToLiveOf.fields, field, days === '' ? null : Number(days)),
              },
            })
          }
        />
      </td>
      <td>
        <Checkbox
          aria-label={`${name} is needed to stop`}
          checked={needed}
          disabled={!editable || lastNeeded}
          onChange={(event) => setNeeded(event.currentTarget.checked)}
        />
      </td>
      {editable && (
        <td>
          <ActionIcon
            aria-label={`Want no ${name}`}
            disabled={wanted.length === 1}
            onClick={() => onChange(withoutField(waterfall, field))}
          >
            <IconX size={15} aria-hidden />
          </ActionIcon>
        </td>
      )}
    </tr>
  );
}

const percent = (share: number | undefined): number | '' =>
  share === undefined ? '' : Math.round(share * 100);

function withField<Of extends Partial<Record<Field, number>>>(
  of: Of,
  field: Field,
  value: number | null,
): Of {
  const { [field]: _, ...rest } = of;
  // Safe: only a field of the same record is taken out or put in.
  return (value === null ? rest : { ...rest, [field]: value }) as Of;
}

const withoutField = (waterfall: Waterfall, field: Field): Waterfall => ({
  ...waterfall,
  wanted: waterfall.wanted.filter((one) => one !== field),
  enough: waterfall.enough.filter((one) => one !== field),
});

function chainOf(field: Field, waterfall: Waterfall, offers: readonly Offer[]) {
  const offered = waterfall.steps.flatMap((step) => {
    const offer = offerOf(offers, step);
    return offer && givesOf(step, offer, waterfall.wanted).includes(field) ? [offer] : [];
  });
  const names = (kind: (offer: Offer) => boolean) =>
    [...new Set(offered.filter(kind).map(({ providerName }) => providerName))].join(' → ');
  const finders = names(({ kind }) => kind !== 'verify_email' && kind !== 'lookup_phone');
  const lookups = names(({ kind }) => kind === 'lookup_phone');
  const verifiers = names(({ kind }) => kind === 'verify_email');
  return (
    <>
      {finders || <strong>Nobody</strong>}
      {field === 'work_email' && (
        <span className="dim">
          , {verifiers ? `verified by ${verifiers}` : <strong>verified by nobody</strong>}
        </span>
      )}
      {field === 'mobile' && lookups && <span className="dim">, looked up by {lookups}</span>}
    </>
  );
}
