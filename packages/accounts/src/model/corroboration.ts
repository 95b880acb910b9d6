/** Whether a text that names a company speaks of this one: it names its web domain, its city, or the state as a line of its own. */
export function isCorroborated(
  account: { domain: string | null; city: string | null; region: string | null },
  text: string,
): boolean {
  const plain = text.toLowerCase();
  const names = [account.domain, account.city].filter((name) => name !== null && name.length >= 4);
  return (
    names.some((name) => name !== null && hasWords(plain, name.toLowerCase())) ||
    (account.region !== null && text.split('\n').includes(account.region))
  );
}

/** As whole words: `Reading` is not in `Proofreading`, `acme.com` not in `acme.com.br`. */
function hasWords(text: string, words: string): boolean {
  for (let at = text.indexOf(words); at !== -1; at = text.indexOf(words, at + 1)) {
    const before = text.charAt(at - 1);
    const after = text.slice(at + words.length, at + words.length + 2);
    if (!/[\p{L}\p{N}-]/u.test(before) && !/^(?:[\p{L}\p{N}-]|\.[\p{L}\p{N}])/u.test(after)) return true;
  }
  return false;
}
