import type { Finding, ItemReading, ListedItem, NamedCompany } from '@penstock/signals/source-port';

import { itemMeaning, readFormItems, type FormItem } from './form-8-k.ts';
import { readFilingText, type FilingHeader } from './filing-text.ts';
import { readLeadershipMoves, type LeadershipMove } from './leadership-moves.ts';
import { longCik } from './paths.ts';
import { readAcquisition, readExitCosts, type Claim } from './reported-events.ts';

const CONTEXT_CHARACTERS = 400;

/**
 * What a current report says: who leaves and arrives (item 5.02, by its text), lay-offs and exits (2.05), completed acquisitions
 * (2.01). The event is known by issuer, day and item, so that an amended report (8-K/A) corrects its original.
 */
export function read8KItem(
  source: string,
  item: ListedItem,
  body: string,
  publicOrigin: string,
): ItemReading {
  const { header, text } = readFilingText(source, body, ['8-K', '8-K/A', '8-K12B', '8-K12G3']);
  const url = publicOrigin + item.documentPath;
  const findings = readFormItems(text).flatMap((part) => findingsOf(part, text, { header, item, url }));
  const [first, ...rest] = findings;
  if (first === undefined) return { outcome: 'no_signal', reason: reasonForSilence(text) };
  return {
    outcome: 'signals',
    findings: [first, ...rest],
    amends: /^8-K\S*\/A/.test(header.form ?? item.title),
  };
}

type From = { header: FilingHeader; item: ListedItem; url: string };

function findingsOf(part: FormItem, text: string, from: From): Finding[] {
  const meaning = itemMeaning(part.number);
  if (meaning === 'leadership') return leadershipFindings(part, text, from);
  if (meaning === 'exit_costs') return claimFinding(readExitCosts(part.text), 'budget_cut', part, text, from);
  if (meaning === 'acquisition')
    return claimFinding(readAcquisition(part.text), 'acquisition', part, text, from);
  return [];
}

/** One signal for the offices of the company, one for seats on its board: not one per person. */
function leadershipFindings(part: FormItem, text: string, from: From): Finding[] {
  const moves = readLeadershipMoves(part.text);
  const leaving = moves.filter((move) => move.direction === 'leaves');
  const arriving = moves.filter((move) => move.direction === 'arrives');
  const offices = (list: readonly LeadershipMove[]) =>
    list.filter((move) => !move.isBoardSeat && move.role !== null);
  const company = companyOf(from);
  const findings: Finding[] = [];
  if (offices(arriving).length > 0) {
    const [move] = offices(arriving);
    const strength = isChief(move) ? 0.8 : 0.5;
    if (move)
      findings.push(
        moveFinding(
          'executive_hire',
          strength,
          [move],
          `${company.name} appoints a new ${rolesOf(offices(arriving))}`,
          { part, text, from },
        ),
      );
  }
  const others = [...leaving, ...arriving.filter((move) => move.isBoardSeat || move.role === null)];
  const [first] = [...offices(leaving), ...others];
  if (first) {
    const strength = isChief(first) ? 0.7 : first.isBoardSeat ? 0.25 : 0.5;
    const told =
      leaving.length > 0
        ? `the ${rolesOf(offices(leaving).length > 0 ? offices(leaving) : leaving)} of ${company.name} leaves`
        : `${company.name} appoints to its board`;
    const leavers = leaversOf(offices(leaving), arriving, from.item.publishedAt);
    findings.push({
      ...moveFinding('leadership_change', strength, [first, ...others], told, { part, text, from }),
      ...(leavers.length > 0 && { leavers }),
    });
  }
  return findings;
}

/** Who has left by the day of the filing; whoever changes offices stays. */
function leaversOf(
  leaving: readonly LeadershipMove[],
  arriving: readonly LeadershipMove[],
  publishedAt: string,
): string[] {
  const staying = new Set(arriving.map(({ name }) => name.toLowerCase()));
  return leaving
    .filter(({ name }) => !staying.has(name.toLowerCase()))
    .filter(({ effectiveOn }) => effectiveOn === null || effectiveOn <= publishedAt.slice(0, 10))
    .map(({ name }) => name);
}

const isChief = (move: LeadershipMove | undefined): boolean =>
  /\bchief\b|\bC[EFORTM]O\b|president/i.test(move?.role ?? '') && !/vice/i.test(move?.role ?? '');

const rolesOf = (moves: readonly LeadershipMove[]): string =>
  [...new Set(moves.map((move) => move.role ?? 'director'))].slice(0, 2).join('; ');

function moveFinding(
  kind: 'executive_hire' | 'leadership_change',
  strength: number,
  moves: readonly LeadershipMove[],
  told: string,
  { part, text, from }: { part: FormItem; text: string; from: From },
): Finding {
  const [move] = moves;
  const on = move?.effectiveOn ?? null;
  return {
    ...shared(from),
    kind,
    eventKey: eventKeyOf(part, kind, from),
    strength,
    // Names stand in the quoted filing, which is public; what we tell ourselves has offices only.
    summary: `${told.charAt(0).toUpperCase()}${told.slice(1)}${on === null ? '' : ` (effective ${on})`}.`,
    facts: {
      form: '8-K',
      item: part.number,
      accession: from.item.key,
      role: move?.role ?? null,
      effectiveOn: on,
      fromWithin: kind === 'executive_hire' ? (move?.isInternal ?? null) : null,
      people: new Set(moves.map(({ name }) => name)).size,
    },
    evidence: evidenceOf(move?.quote ?? '', part.start + (move?.quoteStart ?? 0), text, from.url),
  };
}

function claimFinding(
  claim: Claim | null,
  kind: 'budget_cut' | 'acquisition',
  part: FormItem,
  text: string,
  from: From,
): Finding[] {
  if (claim === null) return [];
  return [
    {
      ...shared(from),
      kind,
      eventKey: eventKeyOf(part, kind, from),
      strength: claim.strength,
      summary: `${companyOf(from).name} ${claim.told}.`,
      facts: { form: '8-K', item: part.number, accession: from.item.key, ...claim.facts },
      evidence: evidenceOf(claim.quote, part.start + claim.quoteStart, text, from.url),
    },
  ];
}

function eventKeyOf(part: FormItem, kind: string, { header, item }: From): string {
  const event =
    header.cik === null || header.periodOfReport === null
      ? item.key
      : `${longCik(header.cik)}/${header.periodOfReport}`;
  return `8-k/${event}/${part.number}/${kind}`;
}

const shared = (from: From) => ({
  company: companyOf(from),
  occurredAt: from.item.publishedAt,
});

function evidenceOf(quote: string, quoteStart: number, text: string, url: string): Finding['evidence'] {
  const from = Math.max(0, quoteStart - CONTEXT_CHARACTERS);
  return {
    url,
    quote,
    quoteStart,
    context: text.slice(from, quoteStart + quote.length + CONTEXT_CHARACTERS),
  };
}

function companyOf({ header, item }: From): NamedCompany {
  const cik = header.cik ?? /\/data\/(\d+)\//.exec(item.documentPath)?.[1] ?? null;
  return {
    name: header.company ?? item.title.replace(/^8-K(\/A)?( - )?/, ''),
    formerNames: header.formerNames,
    ids: cik === null ? [] : [{ system: 'sec', kind: 'cik', value: longCik(cik) }],
    domain: null,
    city: header.city,
    region: header.state,
    country: header.state !== null && /^[A-Z]{2}$/.test(header.state) ? 'US' : null,
  };
}

function reasonForSilence(text: string): string {
  const items = readFormItems(text).map(({ number }) => number);
  if (items.length === 0) return 'no item found in the text';
  if (items.includes('5.02')) return 'item 5.02 without anybody who leaves or arrives';
  return `items ${items.join(', ')} say nothing to act on`;
}
