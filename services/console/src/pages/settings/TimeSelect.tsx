import { Select } from '@mantine/core';

const HALF_HOUR = 30;
const timeOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Minutes since midnight: every half hour, or every hour. */
export const TIMES = Array.from({ length: 48 }, (_, at) => at * HALF_HOUR);
export const HOURS = TIMES.filter((minutes) => minutes % 60 === 0);

export function TimeSelect(props: {
  label: string;
  times: readonly number[];
  value: number | null;
  onChange: (minutes: number | null) => void;
  /** What no time means, where there may be none. */
  none?: string;
  disabled?: boolean;
}) {
  const { label, value, none, onChange } = props;
  // A program may have chosen a quarter of an hour.
  const times =
    value === null || props.times.includes(value)
      ? props.times
      : [...props.times, value].toSorted((a, b) => a - b);
  const data = [
    ...(none === undefined ? [] : [{ value: 'none', label: none }]),
    ...times.map((minutes) => ({ value: String(minutes), label: timeOf(minutes) })),
  ];
  return (
    <Select
      label={label}
      data={data}
      value={value === null ? (none === undefined ? null : 'none') : String(value)}
      allowDeselect={false}
      disabled={props.disabled ?? false}
      onChange={(chosen) => onChange(chosen === null || chosen === 'none' ? null : Number(chosen))}
    />
  );
}
