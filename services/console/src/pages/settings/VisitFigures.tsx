import type { QueryOutput } from '../../api/procedures.ts';
import { Fact, Facts } from '../../ui/Section.tsx';
import { Tag } from '../../ui/Tag.tsx';

type Figures = QueryOutput<'visits.read'>['figures'];

const whole = (count: number): string => count.toLocaleString('en-US');
const share = (part: number, all: number): string =>
  all === 0 ? '' : ` (${Math.round((100 * part) / all)} %)`;

/** Thirty days in numbers. */
export function VisitFigures({ figures, active }: { figures: Figures; active: boolean }) {
  const { visits, visitors, companies, matched, excluded, unmatched, unknown, waiting, asked, signals } =
    figures;
  return (
    <Facts>
      <Fact label="Taken">{active ? <Tag tone="good">Yes</Tag> : <Tag shape="ring">Switched off</Tag>}</Fact>
      <Fact label="Visits, 30 days">
        {whole(visits)} <span className="dim">by {whole(visitors)} browsers</span>
      </Fact>
      <Fact label="Of companies">
        {whole(matched)}
        {share(matched, visits)} <span className="dim">of {whole(companies)} accounts</span>
      </Fact>
      <Fact label="At home or hosted">
        {whole(excluded)}
        {share(excluded, visits)}
      </Fact>
      <Fact label="Nobody knows">
        {whole(unmatched + unknown)}
        {share(unmatched + unknown, visits)}
        {waiting > 0 && <span className="dim"> · {whole(waiting)} being looked up</span>}
      </Fact>
      <Fact label="Signals">{whole(signals)}</Fact>
      <Fact label="IP look-ups, 24 h">{whole(asked)}</Fact>
    </Facts>
  );
}
