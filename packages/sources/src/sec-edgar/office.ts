const RANK =
  '(?:[Ii]nterim|[Aa]cting|Co-|Global|Group|Executive|Senior|Deputy|Assistant|Founding|Lead|Independent|Non-Executive|First|Principal|Class\\s+I{1,3})';
const AREA =
  '(?:\\s*(?:of|for|,|–|—|-)\\s+(?:the\\s+)?[A-Z][\\w&’-]+(?:(?:\\s+|,\\s+|\\s+and\\s+|\\s*&\\s*)[A-Z][\\w&-]+){0,4})?';
const OFFICE = `(?:${RANK}\\s*){0,3}(?:Chief\\s+(?:[A-Z&][\\w&’-]*,?\\s+(?:and\\s+)?){1,5}Officer|C[EFOTIMRPH]O\\b|Vice\\s+President${AREA}|President|Treasurer|General\\s+Counsel|(?:Corporate\\s+|Company\\s+)?Secretary|(?:Corporate\\s+)?Controller|Principal\\s+(?:Executive|Financial|Accounting|Operating)\\s+Officer|(?:[Vv]ice\\s+)?[Cc]hair(?:man|woman|person)?(?:\\s+of\\s+the\\s+(?:Company[’']s\\s+)?Board(?:\\s+of\\s+Directors)?)?|Managing\\s+Director|General\\s+Manager|Head\\s+of\\s+[A-Z][\\w&]+(?:\\s+[A-Z][\\w&]+)*|[Dd]irectors?\\b|members?\\s+of\\s+(?:the|its|our)\\s+(?:Company[’']s\\s+)?Board(?:\\s+of\\s+Directors)?|(?:the|its|our)\\s+(?:Company[’']s\\s+)?Board(?:\\s+of\\s+Directors)?(?!\\s+(?:appointed|elected|approved|accepted|of\\s+the)))`;

/** One office or several, as filings join them: `Chief Financial Officer and Treasurer`. */
export const OFFICES = `${OFFICE}(?:(?:,\\s+and\\s+|\\s+and\\s+|,\\s+)(?:as\\s+)?(?:the\\s+|a\\s+|our\\s+|its\\s+)?(?:Company[’']s\\s+)?${OFFICE})*`;

/** Only a seat on the board, no office of the company. */
export function isBoardSeat(role: string): boolean {
  return !/chief|c[efotimrph]o\b|president|treasurer|counsel|secretary|controller|officer|managing director|general manager|head of/i.test(
    role,
  );
}

/** `the Company’s Board of Directors` and `member of the Board` are one seat. */
export function officeOf(text: string): string {
  const plain = text.replaceAll(/\s+/g, ' ').trim();
  return /^(the|its|our|members? of)\b/i.test(plain) || /^directors?$/i.test(plain) ? 'Director' : plain;
}
