/** Legal forms that say nothing about which company it is; compared without dots and spaces. */
const LEGAL_FORMS = new Set(
  `ab ag aps as asa bhd bv co company corp corporation cv doo dba eood gk gmbh inc incorporated kft kg kgaa kk lc limited llc llp lp ltd ltda limitada
   mbh nv oao ohg ojsc pjsc jsc oy oyj pbc plc pllc pte pty public sa sab sae sagl saoc sapi sarl sas se sl sp spa spolka sprl srl sro sdn tbk ug zrt zao ooo gmbhcokg corpn
   aktiengesellschaft gesellschaft aktiebolag aktiebolaget anonim sirketi as kommanditgesellschaft sociedad anonima societe anonyme spolecnost`.split(
    /\s+/,
  ),
);
const FILLER = new Set(['the', 'and', '&', 'und', 'et', 'y', 'of', 'de']);
/** Legal forms written together with the name, before or after it. */
const ATTACHED =
  /^(株式会社|有限会社|合同会社|주식회사|\(주\)|㈜)|(株式会社|有限会社|合同会社|주식회사|\(주\)|㈜|股份有限公司|有限责任公司|有限公司|控股|集团|公司)$/u;

/**
 * Key under which two spellings of one company's name meet: lower case, without accents, punctuation, legal forms at the
 * end and filler words. `Notion Labs, Inc.` and `NOTION LABS` both give `notion labs`. Empty if nothing is left.
 */
export function companyNameKey(name: string): string {
  const words = withoutAttached(name.normalize('NFC').trim())
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/\b(\p{L})\.(?=\p{L}\b)/gu, '$1')
    .replaceAll(/\ba\/s\b/g, 'as')
    .replaceAll(/['’`]/g, '')
    .split(/[^\p{L}\p{N}&]+/u)
    .filter((word) => word !== '' && !FILLER.has(word));
  while (words.length > 1 && LEGAL_FORMS.has(words.at(-1) ?? '')) words.pop();
  // Letters of a dotted legal form that were split apart: `l l c`, `s a`.
  while (words.length > 2 && /^[a-z]$/.test(words.at(-1) ?? '') && endsInSpacedForm(words)) words.pop();
  return words.join(' ');
}

function withoutAttached(name: string): string {
  for (let left = name; ;) {
    const shorter = left.replace(ATTACHED, '').trim();
    if (shorter === left || shorter === '') return left;
    left = shorter;
  }
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
