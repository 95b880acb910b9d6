import type { BoardAdapter, Opening } from './board-port.ts';
import type { BoardRow } from './board-statements.ts';
import type { BoardNews, SeenOpening } from './model/board-changes.ts';
import { eventReportOf } from './model/event-report.ts';
import { SIGNAL_KINDS } from './model/signal-kind.ts';
import type { NewEvidence, NewSignal } from './record-signals.ts';

export type NewsFrom = {
  board: BoardRow;
  adapter: BoardAdapter;
  openings: readonly Opening[];
  hash: string;
  now: Date;
};

const QUOTE_CHARACTERS = 400;

/** What a comparison tells, as a signal at the board's account, with the opening quoted. */
export function newsSignal(news: BoardNews, from: NewsFrom): NewSignal {
  const { board, now } = from;
  const shared = {
    accountId: board.accountId,
    kind: news.kind,
    source: board.source,
    isTest: false,
    occurredAt: now,
  };
  const key = (...parts: string[]): string => [board.source, board.board, ...parts].join('/');
  const month = now.toISOString().slice(0, 7);
  switch (news.kind) {
    case 'hiring': {
      const { title, department } = news.opening;
      const facts = { rule: news.rule.name, title, department };
      return {
        ...shared,
        occurredAt: sinceOf(news.opening, from),
        eventKey: key('opening', news.opening.key),
        strength: news.rule.strength,
        summary: `${board.accountName} hires: ${news.opening.title}${where(news.opening, from)}.`,
        report: eventReportOf(board.source, 'hiring', facts),
        facts,
        evidence: evidenceOf(news.opening, from),
      };
    }
    case 'expansion': {
      const facts = { [news.into]: news.name, title: news.opening.title };
      return {
        ...shared,
        eventKey: key(news.into, news.name.toLowerCase()),
        report: eventReportOf(board.source, 'expansion', facts),
        strength: news.into === 'country' ? 0.6 : 0.4,
        summary: `${board.accountName} hires for the first time in ${news.into === 'country' ? countryName(news.name) : news.name}: ${news.opening.title}.`,
        facts,
        evidence: evidenceOf(news.opening, from),
      };
    }
    case 'hiring_growth':
      return {
        ...shared,
        eventKey: key('growth', news.team.toLowerCase(), month),
        strength: SIGNAL_KINDS.hiring_growth.defaultStrength,
        summary: `${board.accountName} grows its ${news.team} team: ${news.now} openings, ${news.before} four weeks ago.`,
        facts: { team: news.team, openings: news.now, openingsBefore: news.before },
        evidence: boardEvidence(`${news.now} openings of the ${news.team} team`, from),
      };
    case 'hiring_freeze':
      return {
        ...shared,
        eventKey: key('freeze', now.toISOString().slice(0, 10)),
        strength: SIGNAL_KINDS.hiring_freeze.defaultStrength,
        summary: `${board.accountName} took down ${news.vanished} of ${news.before} openings at once.`,
        facts: { vanished: news.vanished, before: news.before },
        evidence: boardEvidence(`${news.before - news.vanished} openings left`, from),
      };
  }
}

const regions = new Intl.DisplayNames(['en'], { type: 'region' });
const countryName = (code: string): string => regions.of(code) ?? code;

function openingOf(seen: SeenOpening, from: NewsFrom): Opening | undefined {
  return from.openings.find((opening) => opening.key === seen.key);
}

function where(seen: SeenOpening, from: NewsFrom): string {
  const place = openingOf(seen, from)?.places[0]?.text;
  return place ? `, ${place}` : '';
}

/** When the board says it was published, if that is after our first look and not to come; else now. */
function sinceOf(seen: SeenOpening, from: NewsFrom): Date {
  const published = openingOf(seen, from)?.publishedAt;
  const at = published ? new Date(published) : from.now;
  const earliest = from.board.baselineAt ?? from.now;
  return at > from.now || at < earliest ? from.now : at;
}

function evidenceOf(seen: SeenOpening, from: NewsFrom): NewEvidence {
  const opening = openingOf(seen, from);
  const context = (opening?.text ?? '').slice(0, QUOTE_CHARACTERS);
  return {
    url: opening?.url ?? from.adapter.publicUrl(from.board.board),
    quote: seen.title,
    quoteStart: 0,
    context: context === '' ? '' : `${seen.title}\n${context}`,
    contentHash: from.hash,
    fetchedAt: from.now,
  };
}

const boardEvidence = (quote: string, from: NewsFrom): NewEvidence => ({
  url: from.adapter.publicUrl(from.board.board),
  quote,
  quoteStart: 0,
  contentHash: from.hash,
  fetchedAt: from.now,
});
