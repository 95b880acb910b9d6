import { Link } from '@tanstack/react-router';

import { HitList } from './HitList.tsx';
import type { Trial } from './watch-rule-words.ts';

type ToldOpening = Trial['lostExamples'][number] & Partial<Trial['examples'][number]>;

/** Openings that rules hit: what the title says, and where. */
export function RuleHits({ label, hits }: { label: string; hits: readonly ToldOpening[] }) {
  return (
    <HitList
      label={label}
      hits={hits.map((hit) => ({
        key: hit.url + hit.title,
        url: hit.url,
        title: <Marked text={hit.title} phrase={hit.phrase} />,
        why: (
          <>
            <Link to="/accounts/$accountId" params={{ accountId: hit.accountId }}>
              {hit.accountName}
            </Link>
            {hit.department && <span className="dim"> · {hit.department}</span>}
          </>
        ),
        at: hit.firstSeenAt,
        isGained: hit.isGained ?? false,
        isBaseline: hit.isBaseline,
      }))}
    />
  );
}

/** The phrase marked where the title says it as it stands; a synonym is named behind. */
function Marked({ text, phrase }: { text: string; phrase: string | undefined }) {
  if (phrase === undefined) return text;
  const at = text.toLowerCase().indexOf(phrase.toLowerCase());
  if (at === -1)
    return (
      <>
        {text} <span className="faint">as “{phrase}”</span>
      </>
    );
  return (
    <>
      {text.slice(0, at)}
      <mark>{text.slice(at, at + phrase.length)}</mark>
      {text.slice(at + phrase.length)}
    </>
  );
}
