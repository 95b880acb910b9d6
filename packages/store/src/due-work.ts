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

const CHANNEL = 'penstock_events';

export function openDueWork(pool: pg.Pool): DueWork {
  const rows = async <Row extends pg.QueryResultRow>(
    name: string,
    text: string,
    values: unknown[],
  ): Promise<Row[]> => (await pool.query<Row>({ name: `due_${name}`, text, values })).rows;
  return {
    workspaces: () =>
      rows(
        'workspaces',
        'select workspace_id as "workspaceId", kind, slug from workspace order by created_at',
        [],
      ),
    ...resolving(rows),
    ...stranded(rows),
    ...mails(rows),
    ...events(rows),
    ...champions(rows),
    ...toTell(rows),
    ...accountLists(rows),
    dueWatches: (at, shard, limit) =>
      rows(
        'watches',
        'select workspace_id as "workspaceId", id as "watchId", source from source_watch where active and shard = $2 and due_at <= $1 order by due_at limit $3',
        [at, shard, limit],
      ),
    dueBoards: (at, shard, limit) =>
      rows(
        'boards',
        'select workspace_id as "workspaceId", id as "boardId", source from job_board where active and shard = $2 and due_at <= $1 order by due_at limit $3',
        [at, shard, limit],
      ),
    nextWatchAt: async (shard) =>
      (
        await rows<{ at: Date | null }>(
          'next_watch',
          'select least((select min(due_at) from source_watch where active and shard = $1), (select min(due_at) from job_board where active and shard = $1)) as at',
          [shard],
        )
      )[0]?.at ?? null,
    dueTickets: (at, limit) =>
      rows(
        'tickets',
        'select workspace_id as "workspaceId", id as "ticketId" from provider_ticket where due_at <= $1 order by due_at limit $2',
        [at, limit],
      ),
    ensurePartitions: async (at) => {
      await rows('partitions', 'select ensure_partitions($1, $1)', [at]);
    },
    listen: (onEvents, onLost) => listenOn(pool, onEvents, onLost),
    ping: async () => {
      await rows('ping', 'select 1', []);
    },
  };
}

type Rows = <Row extends pg.QueryResultRow>(name: string, text: string, values: unknown[]) => Promise<Row[]>;

function resolving(rows: Rows): Pick<DueWork, 'formByKey' | 'webhookById' | 'ticketById' | 'visitsByKey'> {
  return {
    formByKey: async (publicKey) =>
      (
        await rows<{ workspaceId: string; formId: string; active: boolean; allowedOrigins: string[] }>(
          'form',
          'select workspace_id as "workspaceId", id as "formId", active, allowed_origins as "allowedOrigins" from form where public_key = $1',
          [publicKey],
        )
      )[0] ?? null,
    visitsByKey: async (publicKey) =>
      (
        await rows<{ workspaceId: string; active: boolean; allowedOrigins: string[] }>(
          'visit_site',
          'select workspace_id as "workspaceId", active, allowed_origins as "allowedOrigins" from visit_settings where public_key = $1',
          [publicKey],
        )
      )[0] ?? null,
    webhookById: async (id) =>
      (
        await rows<{ workspaceId: string; active: boolean }>(
          'webhook',
          'select workspace_id as "workspaceId", active from webhook_endpoint where id = $1',
          [id],
        )
      )[0] ?? null,
    ticketById: async (id) =>
      (
        await rows<{ workspaceId: string }>(
          'ticket',
          'select workspace_id as "workspaceId" from provider_ticket where id = $1',
          [id],
        )
      )[0] ?? null,
  };
}

function mails(rows: Rows): Pick<DueWork, 'strandedMails' | 'dueMails'> {
  return {
    strandedMails: (before, limit) =>
      rows(
        'mails',
        `select workspace_id as "workspaceId", id as "mailId" from outgoing_mail where state = 'sending' and sending_at < $1 order by sending_at limit $2`,
        [before, limit],
      ),
    dueMails: (at, limit) =>
      rows(
        'due_mails',
        'select workspace_id as "workspaceId", id as "mailId" from outgoing_mail where due_at <= $1 order by due_at limit $2',
        [at, limit],
      ),
  };
}

function stranded(
  rows: Rows,
): Pick<
  DueWork,
  'unsettledLeads' | 'strandedCalls' | 'expiredClaims' | 'runningLists' | 'dueFits' | 'dueIcpBuilds'
> {
  return {
    unsettledLeads: (before, limit) =>
      rows(
        'leads',
        `(select workspace_id as "workspaceId", id as "leadId", false as started from lead
            where settled_at is null and workflow_started_at is null and recorded_at < $1 order by recorded_at limit $2)
         union all
         (select workspace_id, id, true from lead
            where settled_at is null and workflow_started_at is not null and recorded_at < $1 order by recorded_at limit $2)`,
        [before, limit],
      ),
    strandedCalls: (before, limit) =>
      rows(
        'calls',
        `select workspace_id as "workspaceId", id as "ledgerId" from spend_ledger where state = 'reserved' and not parked and reserved_at < $1 order by reserved_at limit $2`,
        [before, limit],
      ),
    runningLists: (limit) =>
      rows(
        'running_lists',
        `select workspace_id as "workspaceId", id as "runId" from list_run where state = 'running' order by id limit $1`,
        [limit],
      ),
    dueFits: (at, limit) =>
      rows(
        'fits',
        'select workspace_id as "workspaceId", account_id as "accountId" from account_score where fit_until <= $1 order by fit_until limit $2',
        [at, limit],
      ),
    dueIcpBuilds: (at, limit) =>
      rows(
        'icp_builds',
        'select workspace_id as "workspaceId", id as "buildId" from icp_build where due_at <= $1 order by due_at limit $2',
        [at, limit],
      ),
    expiredClaims: (at, limit) =>
      rows(
        'claims',
        `select workspace_id as "workspaceId", id as "itemId" from queue_item where (claimed_by is not null and claim_expires_at <= $1) or (state = 'snoozed' and snoozed_until <= $1) limit $2`,
        [at, limit],
      ),
  };
}

function champions(rows: Rows): Pick<DueWork, 'dueChampionRules' | 'expiredChampions' | 'expiredDepartures'> {
  return {
    dueChampionRules: (at, limit) =>
      rows(
        'champion_rules',
        'select workspace_id as "workspaceId" from champion_policy where active and due_at <= $1 limit $2',
        [at, limit],
      ),
    expiredChampions: (at, limit) =>
      rows(
        'expired_champions',
        'select workspace_id as "workspaceId", person_id as "personId" from champion where expires_at <= $1 limit $2',
        [at, limit],
      ),
    expiredDepartures: (at, limit) =>
      rows(
        'expired_departures',
        'select workspace_id as "workspaceId", id as "departureId" from departure where expires_at <= $1 limit $2',
        [at, limit],
      ),
  };
}

function accountLists(rows: Rows): Pick<DueWork, 'dueListRounds' | 'dueLists' | 'duePeopleSearches'> {
  return {
    duePeopleSearches: (at, limit) =>
      rows(
        'people_searches',
        'select workspace_id as "workspaceId", id as "searchId" from people_search where due_at <= $1 order by due_at limit $2',
        [at, limit],
      ),
    dueListRounds: (position, limit) =>
      rows(
        'list_rounds',
        'select workspace_id as "workspaceId" from account_list_cursor where position < $1 limit $2',
        [position, limit],
      ),
    dueLists: (at, limit) =>
      rows(
        'lists',
        'select workspace_id as "workspaceId", id as "listId" from account_list where due_at <= $1 order by due_at limit $2',
        [at, limit],
      ),
  };
}

function toTell(rows: Rows): Pick<DueWork, 'dueNotices' | 'dueMessages' | 'strandedMessages' | 'dueVisits'> {
  return {
    dueVisits: (at, limit) =>
      rows(
        'visits',
        'select distinct workspace_id as "workspaceId", network from (select workspace_id, network from site_visit where due_at <= $1 order by due_at limit 500) v limit $2',
        [at, limit],
      ),
    dueNotices: (position, levelsBefore, limit) =>
      rows(
        'notices',
        'select workspace_id as "workspaceId" from notification_cursor where position < $1 or levels_at is null or levels_at <= $2 limit $3',
        [position, levelsBefore, limit],
      ),
    dueMessages: (at, limit) =>
      rows(
        'messages',
        'select workspace_id as "workspaceId", id as "messageId" from notification_message where due_at <= $1 order by due_at limit $2',
        [at, limit],
      ),
    strandedMessages: (before, limit) =>
      rows(
        'stranded_messages',
        `select workspace_id as "workspaceId", id as "messageId" from notification_message where state = 'sending' and sending_at < $1 order by sending_at limit $2`,
        [before, limit],
      ),
  };
}

function events(
  rows: Rows,
): Pick<DueWork, 'numberEvents' | 'eventsAfter' | 'lastPosition' | 'notifyEvents' | 'dueTargets'> {
  return {
    // Whether it has a position is asked again in the update: the view of a relay that just got the lock can be older than the last relay's
    // commit. Not in the words of the partial index, which would be walked whole for each event.
    numberEvents: async (limit) =>
      (
        await rows<{ numbered: number; lastPosition: number }>(
          'number_events',
          `with leader as materialized (select pg_try_advisory_xact_lock(7316002) as won),
           waiting as materialized (
             select workspace_id, id, nextval('outbox_position') as position from (
               select workspace_id, id from outbox_event where position is null and (select won from leader) order by id limit $1) o),
           numbered as (
             update outbox_event e set position = w.position from waiting w
             where e.workspace_id = w.workspace_id and e.id = w.id and coalesce(e.position, 0) = 0 returning e.position)
           select count(*)::int as numbered, coalesce(max(position), 0) as "lastPosition" from numbered`,
          [limit],
        )
      )[0] ?? { numbered: 0, lastPosition: 0 },
    eventsAfter: (position, limit) =>
      rows(
        'events_after',
        'select position, workspace_id as "workspaceId", kind, payload from outbox_event where position > $1 order by position limit $2',
        [position, limit],
      ),
    dueTargets: (at, position, limit) =>
      rows(
        'targets',
        `select workspace_id as "workspaceId", id as "targetId" from webhook_target where state = 'active' and due_at <= $1 and position < $2 order by due_at limit $3`,
        [at, position, limit],
      ),
    lastPosition: async () =>
      (
        await rows<{ at: number }>(
          'last_position',
          'select coalesce(max(position), 0) as at from outbox_event where position is not null',
          [],
        )
      )[0]?.at ?? 0,
    notifyEvents: async () => {
      await rows('notify', `select pg_notify('${CHANNEL}', '')`, []);
    },
  };
}

async function listenOn(
  pool: pg.Pool,
  onEvents: () => void,
  onLost: () => void,
): Promise<() => Promise<void>> {
  const client = await pool.connect();
  let closed = false;
  const lost = (error?: Error) => {
    if (closed) return;
    closed = true;
    client.release(error ?? true);
    onLost();
  };
  client.on('error', lost);
  client.on('end', () => lost());
  client.on('notification', onEvents);
  await client.query(`listen ${CHANNEL}`);
  return async () => {
    if (closed) return;
    closed = true;
    client.release(true);
    await Promise.resolve();
  };
}
