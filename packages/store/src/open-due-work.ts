import type pg from 'pg';

import type { DueWork, Rows } from './due-work.ts';
import { events, listenOn } from './event-feed.ts';

/** The due door on a pool of its role. */
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
