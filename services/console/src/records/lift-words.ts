const ORDINALS = ['', 'a', 'a second', 'a third', 'a fourth'];

/** What would bring an account into the top: the kinds of signals that would, the next of each counted from those that are known. */
export function liftInWords(
  lifts: readonly { kind: string; label: string }[],
  known: readonly { kind: string; count: number }[],
  rank: number,
): string {
  if (lifts.length === 0) return 'No single signal would lift it there.';
  const told = lifts.map(({ kind, label }) => {
    const next = (known.find((one) => one.kind === kind)?.count ?? 0) + 1;
    const what = `${label.toLowerCase()} signal`;
    if (next === 1) return `${/^[aeiou]/.test(what) ? 'an' : 'a'} ${what}`;
    return `${ORDINALS[next] ?? 'another'} independent ${what}`;
  });
  const sentence = `${told.join(' or ')} would put it in the top ${rank}.`;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
