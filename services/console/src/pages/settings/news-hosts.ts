/** Hosts as rules name them: of what was typed or pasted, without `www.`; what is no host is left out. */
export const hostsOf = (typed: readonly string[]): string[] => [
  ...new Set(
    typed
      .map((one) => one.trim().toLowerCase())
      .map((one) =>
        URL.canParse(one) && one.includes('://') ? new URL(one).hostname : (one.split('/')[0] ?? ''),
      )
      .map((host) => host.replace(/^www\./, ''))
      .filter((host) => /^([a-z0-9-]+\.)+[a-z0-9-]{2,}$/.test(host)),
  ),
];
