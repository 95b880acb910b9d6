import { DomainError } from '@penstock/kernel/domain-error';
import { lookedUpTogether } from '@penstock/kernel/looked-up-together';
import { statement } from '@penstock/store/statement';
import type { Store } from '@penstock/store/store';
import { RoleName } from '@penstock/workspace/contracts';
import type { Actor } from '@penstock/workspace/model/actor';

import type { GatewayDeps } from '../gateway-deps.ts';

type MemberRecord = {
  id: string;
  name: string;
  role: string;
  teamId: string | null;
  visibility: 'own' | 'team' | 'all';
  teammates: string[];
};
const readMembers = statement<MemberRecord>(
  'read_signed_in_members',
  `select m.id, m.name, m.role, m.team_id as "teamId", w.rep_visibility as visibility,
     coalesce((select array_agg(t.id) from member t where t.workspace_id = m.workspace_id and t.team_id = m.team_id), '{}') as teammates
   from member m join workspace w on w.workspace_id = m.workspace_id where m.workspace_id = $1 and m.id = any($2::text[]) and m.active`,
);

type Members = Map<string, (userId: string) => Promise<MemberRecord | null>>;
const members = new WeakMap<Store, Members>();

/** Members of a workspace who ask at the same moment are looked up together. */
function findMember(store: Store, workspaceId: string, userId: string): Promise<MemberRecord | null> {
  const ofStore: Members = members.get(store) ?? new Map();
  members.set(store, ofStore);
  const find =
    ofStore.get(workspaceId) ??
    lookedUpTogether(async (ids) => {
      const rows = await store.readRows(workspaceId, readMembers, ids);
      return new Map(rows.map((member) => [member.id, member]));
    });
  ofStore.set(workspaceId, find);
  return find(userId);
}

export type Identity = { actor: Actor; userId: string | null; sessionId: string | null };

/**
 * Who is asking: a session cookie or an API key (`Authorization: Bearer` or `X-API-Key`). Null if nobody, or nobody who may.
 */
export async function authenticate(
  deps: Pick<GatewayDeps, 'auth' | 'store'>,
  headers: Headers,
): Promise<Identity | null> {
  const key = headers.get('x-api-key') ?? /^Bearer\s+(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1];
  if (key) return byKey(deps, key);
  const session = await deps.auth.session(headers);
  if (!session?.workspaceId) return null;
  const actor = await memberActor(deps, session.workspaceId, session.userId);
  return actor && { actor, userId: session.userId, sessionId: session.sessionId };
}

/** The actor of an active member, with whose work they see. */
export async function memberActor(
  deps: Pick<GatewayDeps, 'store'>,
  workspaceId: string,
  userId: string,
): Promise<Actor | null> {
  const member = await findMember(deps.store, workspaceId, userId);
  if (!member) return null;
  return {
    kind: 'member',
    id: userId,
    workspaceId,
    name: member.name,
    role: RoleName.parse(member.role),
    teamId: member.teamId,
    scopes: null,
    visibleOwnerIds: member.role === 'rep' ? ownersSeenByRep(userId, member) : null,
  };
}

function ownersSeenByRep(userId: string, member: MemberRecord): string[] | null {
  if (member.visibility === 'all') return null;
  return member.visibility === 'team' ? [...new Set([userId, ...member.teammates])] : [userId];
}

async function byKey(deps: Pick<GatewayDeps, 'auth'>, key: string): Promise<Identity | null> {
  const holder = await deps.auth.verifyKey(key);
  if (!holder) return null;
  const { workspaceId, scopes, name, keyId } = holder;
  const actor: Actor = {
    kind: 'api_key',
    id: keyId,
    workspaceId,
    name,
    role: 'rep',
    teamId: null,
    scopes,
    visibleOwnerIds: null,
  };
  return { actor, userId: null, sessionId: null };
}

/** @throws DomainError `unauthenticated` */
export function requireIdentity(identity: Identity | null): Identity {
  if (identity) return identity;
  throw new DomainError('unauthenticated', 'Sign in, or send an API key as "Authorization: Bearer …".');
}
