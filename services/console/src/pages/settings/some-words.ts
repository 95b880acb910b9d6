const SHOWN = 3;

/** The first of some phrases, and how many more there are. */
export function some(phrases: readonly string[], none = ''): string {
  if (phrases.length === 0) return none;
  const shown = phrases.slice(0, SHOWN).join(', ');
  return phrases.length > SHOWN ? `${shown} or ${phrases.length - SHOWN} more` : shown;
}
