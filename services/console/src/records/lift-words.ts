const ORDINALS = ['', 'A', 'A second', 'A third', 'A fourth'];

/** What would bring an account into the top: the kinds of signals that would, the next of each counted from those that are known. */
export function liftInWords(
  lifts: readonly { kind: string; label: string }[],
  known: readonly { kind: string; count: number }[],
  rank: number,
): string {
  if (lifts.length === 0) return 'No single signal would lift it there.';
  const told = lifts.map(({ kind, label }) => {
    const next = (known.find((one) => one.kind === kind)?.count ?? 0) + 1;
    const which = ORDINALS[next] ?? 'Another';
    return `${which} ${next === 1 ? '' : 'independent '}${label.toLowerCase()} signal`;
  });
  const [first = '', ...others] = told;
  const rest = others.map((one) => `, or ${one.charAt(0).toLowerCase()}${one.slice(1)},`).join('');
  return `${first}${rest.replace(/,$/, '')} would put it in the top ${rank}.`.replace(
    /^A (?=[aeiou])/i,
    'An ',
  );
}
