import type pg from 'pg';

/** What waits to be done, as ids: this role can't read anything else. */
export type DueWork = {
  workspaces(): Promise<{ workspaceId: string; kind: 'sandbox' | 'real'; slug: string }[]>;
  formByKey(
    publicKey: string,
  ): Promise<{ workspaceId: string; formId: string; active: boolean; allowedOrigins: string[] } | null>;
  /** Whose site a script belongs to. */
  visitsByKey(
    publicKey: string,
  ): Promise<{ workspaceId: string; active: boolean; allowedOrigins: string[] } | null>;
  webhookById(id: string): Promise<{ workspaceId: string; active: boolean } | null>;
  /** Where a ticket of a vendor belongs. */
  ticketById(id: string): Promise<{ workspaceId: string } | null>;
  /** Tickets about which their vendor is to be asked. */
  dueTickets(at: Date, limit: number): Promise<{ workspaceId: string; ticketId: string }[]>;
  /** Leads stored before `before` whose durable work never started, then those where it has not ended: at most `limit` of each, so that many long ones hide no new one. */
  unsettledLeads(
    before: Date,
    limit: number,
  ): Promise<{ workspaceId: string; leadId: string; started: boolean }[]>;
  /** Mails found in `sending` since before `before`: whoever was sending them is gone. */
  strandedMails(before: Date, limit: number): Promise<{ workspaceId: string; mailId: string }[]>;
  /** Mails that no workflow drives and that are to be handed over. */
  dueMails(at: Date, limit: number): Promise<{ workspaceId: string; mailId: string }[]>;
  /** Calls found `reserved` since before `before`, without those that their vendor answers later. */
  strandedCalls(before: Date, limit: number): Promise<{ workspaceId: string; ledgerId: string }[]>;
  expiredClaims(at: Date, limit: number): Promise<{ workspaceId: string; itemId: string }[]>;
  /** Accounts whose fit has to be judged again, though nothing was told of them. */
  dueFits(at: Date, limit: number): Promise<{ workspaceId: string; accountId: string }[]>;
  /** Fits of profiles that are being built, or whose leftovers are to be removed. */
  dueIcpBuilds(at: Date, limit: number): Promise<{ workspaceId: string; buildId: string }[]>;
  /** Workspaces with lists of accounts that have not been held against all events up to a position. */
  dueListRounds(position: number, limit: number): Promise<{ workspaceId: string }[]>;
  /** Searches for people that have accounts left to ask about. */
  duePeopleSearches(at: Date, limit: number): Promise<{ workspaceId: string; searchId: string }[]>;
  /** Lists of accounts that are to be looked through as a whole. */
  dueLists(at: Date, limit: number): Promise<{ workspaceId: string; listId: string }[]>;
  /** Runs over lists that should be under way. */
  runningLists(limit: number): Promise<{ workspaceId: string; runId: string }[]>;
  /** Workspaces where deals and talks are looked through for champions again. */
  dueChampionRules(at: Date, limit: number): Promise<{ workspaceId: string }[]>;
  /** Champions and departures whose term of retention is over. */
  expiredChampions(at: Date, limit: number): Promise<{ workspaceId: string; personId: string }[]>;
  expiredDepartures(at: Date, limit: number): Promise<{ workspaceId: string; departureId: string }[]>;
  /** Programs that have not been told of all events up to a position. */
  dueTargets(at: Date, position: number, limit: number): Promise<{ workspaceId: string; targetId: string }[]>;
  /** Workspaces whose members have not been told of all events up to a position, or of service levels since a moment. */
  dueNotices(position: number, levelsBefore: Date, limit: number): Promise<{ workspaceId: string }[]>;
  /** Networks from which visits came and nobody knows yet whose they are. */
  dueVisits(at: Date, limit: number): Promise<{ workspaceId: string; network: string }[]>;
  /** Messages to members that are to be handed over. */
  dueMessages(at: Date, limit: number): Promise<{ workspaceId: string; messageId: string }[]>;
  /** Messages to members found in `sending` since before `before`. */
  strandedMessages(before: Date, limit: number): Promise<{ workspaceId: string; messageId: string }[]>;
  dueWatches(
    at: Date,
    shard: number,
    limit: number,
  ): Promise<{ workspaceId: string; watchId: string; source: string }[]>;
  dueBoards(
    at: Date,
    shard: number,
    limit: number,
  ): Promise<{ workspaceId: string; boardId: string; source: string }[]>;
  /** When the next watch or board of a shard falls due, or null. */
  nextWatchAt(shard: number): Promise<Date | null>;
  /** Gives committed events without a position the next ones; one relay at a time. Answers how many and the last position. */
  numberEvents(limit: number): Promise<{ numbered: number; lastPosition: number }>;
  eventsAfter(position: number, limit: number): Promise<OutboxEvent[]>;
  lastPosition(): Promise<number>;
  ensurePartitions(at: Date): Promise<void>;
  /** Wakes whoever listens on the events channel; carries no data. */
  notifyEvents(): Promise<void>;
  listen(onEvents: () => void, onLost: () => void): Promise<() => Promise<void>>;
  ping(): Promise<void>;
};

export type OutboxEvent = {
  position: number;
  workspaceId: string;
  kind: string;
  payload: Record<string, unknown>;
};

/** Runs a named statement as the role that sees due work. */
export type Rows = <Row extends pg.QueryResultRow>(
  name: string,
  text: string,
  values: unknown[],
) => Promise<Row[]>;
