import { Checkbox, MultiSelect, NumberInput } from '@mantine/core';

import { AskingRules } from './AskingRules.tsx';
import { RaceEditor } from './RaceEditor.tsx';
import type { Waterfall } from './waterfall-types.ts';
import styles from './waterfall.module.css';

const LINE_TYPES = [
  { value: 'mobile', label: 'Mobile' },
  { value: 'landline', label: 'Landline' },
  { value: 'voip', label: 'VoIP' },
  { value: 'unknown', label: 'Not known' },
] as const;
const EXECUTIVES = ['cxo', 'vp'] as const;

/** What is good enough, and what it may cost in money and time. */
export function RulesEditor(props: {
  waterfall: Waterfall;
  editable: boolean;
  onChange: (waterfall: Waterfall) => void;
}) {
  const { waterfall, editable, onChange } = props;
  const { policy, timeToLiveOf } = waterfall;
  const number = { hideControls: true, disabled: !editable } as const;
  const executiveDays = timeToLiveOf.seniorities[EXECUTIVES[0]];
  return (
    <div className={styles.rules}>
      <NumberInput
        {...number}
        label="One record may cost at most"
        prefix="$"
        min={0.01}
        max={1_000}
        decimalScale={4}
        value={waterfall.ceilingMicros / 1_000_000}
        onChange={(dollars) =>
          Number(dollars) > 0 &&
          onChange({ ...waterfall, ceilingMicros: Math.round(Number(dollars) * 1_000_000) })
        }
      />
      <NumberInput
        {...number}
        label="Values are fresh for"
        suffix=" days"
        min={1}
        max={3_650}
        allowDecimal={false}
        value={waterfall.timeToLiveDays}
        onChange={(days) => Number(days) >= 1 && onChange({ ...waterfall, timeToLiveDays: Number(days) })}
      />
      <NumberInput
        {...number}
        label="Those of executives and VPs for"
        placeholder="The same"
        suffix=" days"
        min={1}
        max={3_650}
        allowDecimal={false}
        value={executiveDays ?? ''}
        onChange={(days) =>
          onChange({
            ...waterfall,
            timeToLiveOf: {
              ...timeToLiveOf,
              seniorities: {
                ...Object.fromEntries(
                  Object.entries(timeToLiveOf.seniorities).filter(
                    ([seniority]) => !EXECUTIVES.some((one) => one === seniority),
                  ),
                ),
                ...(days !== '' &&
                  Object.fromEntries(EXECUTIVES.map((seniority) => [seniority, Number(days)]))),
              },
            },
          })
        }
      />
      <NumberInput
        {...number}
        label="Inbound leads: stop asking after"
        placeholder="No deadline"
        suffix=" s"
        min={1}
        max={86_400}
        allowDecimal={false}
        value={waterfall.deadlineSeconds ?? ''}
        onChange={(seconds) =>
          onChange({ ...waterfall, deadlineSeconds: seconds === '' ? null : Number(seconds) })
        }
      />
      <MultiSelect
        label="A mobile is usable as"
        data={[...LINE_TYPES]}
        value={policy.mobileLineTypes}
        disabled={!editable}
        onChange={(chosen) =>
          onChange({
            ...waterfall,
            policy: {
              ...policy,
              mobileLineTypes: LINE_TYPES.map(({ value }) => value).filter((value) => chosen.includes(value)),
            },
          })
        }
      />
      <Checkbox
        mt={24}
        label="Mobiles are usable only once a lookup has said what line they are"
        checked={policy.checkPhones}
        disabled={!editable}
        onChange={(event) =>
          onChange({ ...waterfall, policy: { ...policy, checkPhones: event.currentTarget.checked } })
        }
      />
      <Checkbox
        mt={24}
        label="Catch-all addresses are usable"
        checked={policy.acceptCatchAll}
        disabled={!editable}
        onChange={(event) =>
          onChange({ ...waterfall, policy: { ...policy, acceptCatchAll: event.currentTarget.checked } })
        }
      />
      <RaceEditor {...props} />
      <AskingRules {...props} />
    </div>
  );
}
