import { roleMay, type Permission, type Role } from './role.ts';

/** Whoever asks for something: a member at the console, a program with an API key, or the product itself. */
export type Actor = {
  kind: 'member' | 'api_key' | 'system';
  /** Member id, key id, or the name of the process. */
  id: string;
  workspaceId: string;
  name: string;
  role: Role;
  teamId: string | null;
  /** For an API key: the only permissions it has. */
  scopes: readonly Permission[] | null;
  /** Members whose leads, queue items and deals this actor sees; null means everybody's. Unowned ones are always seen. */
  visibleOwnerIds: readonly string[] | null;
};

/** True if this actor may do it: by role and, for an API key, by scope as well. */
export function actorMay(actor: Actor, permission: Permission): boolean {
  if (actor.kind === 'system') return true;
  if (actor.scopes !== null) return actor.scopes.includes(permission);
  return roleMay(actor.role, permission);
}

/** The product itself at work in a workspace. */
export function systemActor(workspaceId: string, process: string): Actor {
  return {
    kind: 'system',
    id: process,
    workspaceId,
    name: process,
    role: 'admin',
    teamId: null,
    scopes: null,
    visibleOwnerIds: null,
  };
}
