import { Checkbox, Switch } from '@mantine/core';

import type { Waterfall } from './waterfall-types.ts';

/** How providers are asked, rather than for what. */
export function AskingRules(props: {
  waterfall: Waterfall;
  editable: boolean;
  onChange: (waterfall: Waterfall) => void;
}) {
  const { waterfall, editable, onChange } = props;
  return (
    <>
      <Checkbox
        mt={24}
        label="Wait for a limited or broken provider instead of asking the next one"
        checked={waterfall.whenLimited === 'wait'}
        disabled={!editable}
        onChange={(event) =>
          onChange({ ...waterfall, whenLimited: event.currentTarget.checked ? 'wait' : 'pass_over' })
        }
      />
      <Switch
        mt={24}
        label="Lists: many records in one request, where the vendor takes them"
        checked={waterfall.bulk}
        disabled={!editable}
        onChange={(event) => onChange({ ...waterfall, bulk: event.currentTarget.checked })}
      />
      <Switch
        mt={24}
        label="Ask 2 % in another order, to compare fairly"
        checked={waterfall.otherOrderShare > 0}
        disabled={!editable}
        onChange={(event) =>
          onChange({ ...waterfall, otherOrderShare: event.currentTarget.checked ? 0.02 : 0 })
        }
      />
    </>
  );
}
