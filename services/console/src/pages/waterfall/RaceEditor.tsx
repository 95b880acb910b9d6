import { NumberInput } from '@mantine/core';

import type { Waterfall } from './waterfall-types.ts';

const DEFAULT_AFTER_SECONDS = 2;

/** Whether somebody who waits for an answer is looked up at several providers at once. */
export function RaceEditor(props: {
  waterfall: Waterfall;
  editable: boolean;
  onChange: (waterfall: Waterfall) => void;
}) {
  const { waterfall, editable, onChange } = props;
  const { race } = waterfall;
  const number = { hideControls: true, disabled: !editable } as const;
  return (
    <>
      <NumberInput
        {...number}
        label="Inbound: providers at once"
        description="1 asks one after the other; more is quicker, and may pay several"
        min={1}
        max={6}
        allowDecimal={false}
        value={race?.atOnce ?? 1}
        onChange={(value) => {
          const atOnce = Number(value);
          const afterSeconds = race?.afterSeconds ?? DEFAULT_AFTER_SECONDS;
          onChange({ ...waterfall, race: atOnce > 1 ? { atOnce, afterSeconds } : null });
        }}
      />
      {race !== null && (
        <NumberInput
          {...number}
          label="Inbound: the next one after"
          description="While nobody has answered"
          suffix=" s"
          min={0}
          max={30}
          decimalScale={1}
          value={race.afterSeconds}
          onChange={(value) => onChange({ ...waterfall, race: { ...race, afterSeconds: Number(value) } })}
        />
      )}
    </>
  );
}
