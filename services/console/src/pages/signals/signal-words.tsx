import { Tag } from '../../ui/Tag.tsx';

/** A kind with what it means: chance, threat or both; struck through once later news ended it. */
export function Effect({
  effect,
  label,
  expired,
  withdrawn,
}: {
  effect: 'opportunity' | 'risk' | 'both';
  label: string;
  expired: boolean;
  withdrawn: boolean;
}) {
  const looks = {
    opportunity: { tone: 'good', shape: 'dot' },
    risk: { tone: 'bad', shape: 'square' },
    both: { tone: 'warn', shape: 'half' },
  } as const;
  return (
    <Tag
      {...looks[effect]}
      title={
        withdrawn
          ? 'Told by mistake, and taken back'
          : expired
            ? 'Later news of this account has ended it'
            : undefined
      }
    >
      {expired ? <s>{label}</s> : label}
    </Tag>
  );
}

export function strengthWord(value: number): string {
  if (value >= 0.7) return 'Strong';
  return value >= 0.5 ? 'Medium' : 'Slight';
}

export function Strength({ value }: { value: number }) {
  return <span title={value.toFixed(2)}>{strengthWord(value)}</span>;
}
