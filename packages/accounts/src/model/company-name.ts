/** Legal forms that say nothing about which company it is; compared without dots and spaces. */
const LEGAL_FORMS = new Set(
  `ab ag aps as asa bhd bv co company corp corporation cv doo dba eood gk gmbh inc incorporated kft kg kk lc limited llc llp lp ltd ltda
   mbh nv oao ohg oy oyj pbc plc pllc pte pty sa sab sagl sarl sas se sl sp spa spolka sprl srl sro ug zrt ooo gmbhcokg corpn`.split(
    /\s+/,
  ),
);
const FILLER = new Set(['the', 'and', '&']);

/**
 * Key under which two spellings of one company's name meet: lower case, without accents, punctuation, legal forms at the
 * end and filler words. `Notion Labs, Inc.` and `NOTION LABS` both give `notion labs`. Empty if nothing is left.
 */
export function companyNameKey(name: string): string {
  const words = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/\b(\p{L})\.(?=\p{L}\b)/gu, '$1')
    .replaceAll(/['’`]/g, '')
    .split(/[^\p{L}\p{N}&]+/u)
    .filter((word) => word !== '' && !FILLER.has(word));
  while (words.length > 1 && LEGAL_FORMS.has(words.at(-1) ?? '')) words.pop();
  // Letters of a dotted legal form that were split apart: `l l c`, `s a`.
  while (words.length > 2 && /^[a-z]$/.test(words.at(-1) ?? '') && endsInSpacedForm(words)) words.pop();
  return words.join(' ');
}

function endsInSpacedForm(words: string[]): boolean {
  for (const length of [2, 3, 4]) {
    const tail = words.slice(-length);
    if (tail.length === length && tail.every((word) => word.length === 1) && LEGAL_FORMS.has(tail.join(''))) {
      words.splice(-length + 1);
      return true;
    }
  }
  return false;
}
