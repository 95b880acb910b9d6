type Rule = { allow: boolean; path: string };

/**
 * Whether a robots.txt lets `agent` fetch `path` (RFC 9309): the group that names the agent, else the one for all; the
 * longest matching rule wins, and allowing wins a tie.
 */
export function isAllowed(robots: string, agent: string, path: string): boolean {
  const groups = groupsOf(robots);
  const own = groups.filter(({ agents }) =>
    agents.some((name) => name !== '*' && agent.toLowerCase().startsWith(name)),
  );
  const group = own.length > 0 ? own : groups.filter(({ agents }) => agents.includes('*'));
  const matching = group
    .flatMap(({ rules }) => rules)
    .filter((rule) => rule.path !== '' && matches(rule.path, path))
    .toSorted((a, b) => b.path.length - a.path.length || Number(b.allow) - Number(a.allow));
  return matching[0]?.allow ?? true;
}

function groupsOf(robots: string): { agents: string[]; rules: Rule[] }[] {
  const groups: { agents: string[]; rules: Rule[] }[] = [];
  let namesFollow = false;
  for (const line of robots.slice(0, 500_000).split(/\r\n?|\n/)) {
    const [, field = '', value = ''] = /^\s*([a-z-]+)\s*:\s*([^#]*)/i.exec(line) ?? [];
    const name = field.toLowerCase();
    if (name === 'user-agent') {
      if (!namesFollow) groups.push({ agents: [], rules: [] });
      groups.at(-1)?.agents.push(value.trim().toLowerCase());
      namesFollow = true;
    } else if (name === 'allow' || name === 'disallow') {
      groups.at(-1)?.rules.push({ allow: name === 'allow', path: value.trim() });
      namesFollow = false;
    }
  }
  return groups;
}

/** `*` stands for anything, `$` at the end for the end. Walked piece by piece: a pattern can't make it slow. */
function matches(pattern: string, path: string): boolean {
  const isWhole = pattern.endsWith('$');
  const pieces = (isWhole ? pattern.slice(0, -1) : pattern).split('*');
  let at = 0;
  for (const [index, piece] of pieces.entries()) {
    const isLast = index === pieces.length - 1;
    const found =
      index === 0
        ? path.startsWith(piece)
          ? 0
          : -1
        : isLast && isWhole
          ? path.lastIndexOf(piece)
          : path.indexOf(piece, at);
    if (found < at) return false;
    at = found + piece.length;
  }
  return !isWhole || at === path.length;
}
