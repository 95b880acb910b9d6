/** Phrases for one thing: a rule that names one of a group means all of them. */
export type Synonyms = readonly (readonly string[])[];

/** Text made comparable: lower case, without accents, single blanks between words and one at each end. */
export function fold(text: string): string {
  return ` ${text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}*]+/gu, ' ')
    .trim()} `;
}

/** The first of its phrases that stands in a folded text as whole words; null if none does. */
export type PhraseFinder = (folded: string) => string | null;

type Needle = { phrase: string; words: string; starred: readonly string[] | null };

/**
 * A finder of any of some phrases or of what means the same, prepared once for many texts. `*` at the end of a word stands for any
 * ending, at its beginning for any beginning. Linear in the length of the text, whatever the phrases are.
 */
export function findPhrases(phrases: readonly string[], synonyms: Synonyms): PhraseFinder {
  const needles = phrases.flatMap((phrase) =>
    variantsOf(phrase, synonyms).flatMap((variant): Needle[] => {
      const words = fold(variant);
      const bare = words.replaceAll('*', '').trim();
      if (bare === '') return [];
      return [{ phrase, words, starred: words.includes('*') ? words.trim().split(' ') : null }];
    }),
  );
  return (folded) => {
    const found = needles.find(({ words, starred }) =>
      starred === null ? folded.includes(words) : hasWords(folded, starred),
    );
    return found?.phrase ?? null;
  };
}

function hasWords(folded: string, wanted: readonly string[]): boolean {
  const words = folded.trim().split(' ');
  return words.some((_, from) =>
    wanted.every((want, at) => {
      const word = words[from + at] ?? '';
      return word !== '' && isWord(word, want);
    }),
  );
}

/** Whether a folded word is the wanted one, which may be starred at either end. */
export function isWord(word: string, want: string): boolean {
  const bare = want.replaceAll('*', '');
  const [before, after] = [want.startsWith('*'), want.endsWith('*')];
  if (before && after) return word.includes(bare);
  if (before) return word.endsWith(bare);
  return after ? word.startsWith(bare) : word === want;
}

/** A phrase, folded, and every other way to say it. */
export function variantsOf(phrase: string, synonyms: Synonyms): string[] {
  const folded = fold(phrase);
  const variants = new Set([folded]);
  for (const group of synonyms) {
    const named = group.map(fold).find((one) => one.trim() !== '' && folded.includes(one));
    if (named === undefined) continue;
    for (const other of group) variants.add(fold(folded.replace(named, fold(other))));
  }
  return [...variants];
}
