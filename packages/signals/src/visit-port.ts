/** Whose network an address is of. */
export type NetworkOwner = {
  name: string;
  domain: string | null;
  /** `carrier`: of people at home or on the way; `hosting`: of machines. Neither is the visitor's company. */
  kind: 'company' | 'carrier' | 'hosting' | 'education' | 'unknown';
};

export type IpDataReply = { status: number; headers: Readonly<Record<string, string>>; body: string };
/** An IP-data vendor: its request and its reply; the token travels beside. */
export type IpDataAdapter = {
  manifest: { id: string; name: string; host: string };
  request(address: string): { path: string };
  /**
   * Null for an address that the vendor knows nothing of.
   * @throws SourceError if it does not answer as it should
   */
  read(reply: IpDataReply): NetworkOwner | null;
};
