import type { QueryOutput } from '../../api/procedures.ts';
import { fieldName, valueInWords } from './duplicate-words.ts';
import styles from './duplicates.module.css';

type Compared = QueryOutput<'duplicates.compare'>;
type Field = Compared['fields'][number];

/** Each field of both records, with the value that survives marked; a click takes the other one. */
export function FieldTable(props: {
  compared: Compared;
  hints: readonly [string, string];
  mayChoose: boolean;
  onToggle: (field: string) => void;
}) {
  const { compared, hints, mayChoose, onToggle } = props;
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label="The two records">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">
              Stays <Who name={compared.keptName} hint={hints[0]} />
            </th>
            <th scope="col">
              Goes into it <Who name={compared.otherName} hint={hints[1]} />
            </th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {compared.fields.map((field, at) => (
            <tr key={field.field}>
              <th scope="row">
                {at < 9 && <span className="faint num">{at + 1} </span>}
                {fieldName(field.field)}
              </th>
              <Cell field={field} side="kept" mayChoose={mayChoose} onToggle={onToggle} />
              <Cell field={field} side="other" mayChoose={mayChoose} onToggle={onToggle} />
              <td className="dim">{field.because}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Who({ name, hint }: { name: string; hint: string }) {
  return (
    <span className={styles.who}>
      {name}
      {hint !== name && <span className="dim">{hint}</span>}
    </span>
  );
}

const CHOSEN_BETWEEN = new Set(['of the record that stays', 'chosen by you']);

function Cell(props: {
  field: Field;
  side: 'kept' | 'other';
  mayChoose: boolean;
  onToggle: (field: string) => void;
}) {
  const { field, side, mayChoose, onToggle } = props;
  const text = valueInWords(field.field, field[side]);
  const survives = field.from === side || field.because === 'the same';
  if (!mayChoose || !CHOSEN_BETWEEN.has(field.because)) return <td data-survives={survives}>{text}</td>;
  return (
    <td data-survives={survives}>
      <button
        type="button"
        className={styles.choose}
        aria-pressed={survives}
        aria-label={`${fieldName(field.field)}: ${text}`}
        onClick={() => !survives && onToggle(field.field)}
      >
        {text}
      </button>
    </td>
  );
}
