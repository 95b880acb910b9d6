import { Instant } from '@penstock/kernel/contract';
import { z } from 'zod';

import { PERMISSIONS, ROLES } from './model/role.ts';

export const RoleName = z.enum(ROLES);
export const PermissionName = z.enum(PERMISSIONS);

/** IANA name of a time zone. */
export const TimeZone = z
  .string()
  .refine(
    (zone) => zone === 'UTC' || Intl.supportedValuesOf('timeZone').includes(zone),
    'is not a time zone like Europe/Berlin',
  );

export const Me = z.object({
  member: z.object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role: RoleName,
    timeZone: z.string(),
  }),
  workspace: z.object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(['sandbox', 'real']),
    slug: z.string(),
    timeZone: z.string(),
  }),
  permissions: z.array(PermissionName),
});

export const MemberRow = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: RoleName,
  team: z.object({ id: z.string(), name: z.string() }).nullable(),
  timeZone: z.string(),
  takesLeads: z.boolean(),
  active: z.boolean(),
});

export const TeamRow = z.object({
  id: z.string(),
  name: z.string(),
  managerId: z.string().nullable(),
  members: z.int(),
});

export const WorkspaceSettings = z.object({
  name: z.string(),
  kind: z.enum(['sandbox', 'real']),
  timeZone: z.string(),
  repVisibility: z.enum(['own', 'team', 'all']),
  paidCallsStopped: z.boolean(),
});

export const AuditRow = z.object({
  id: z.string(),
  actorKind: z.enum(['member', 'api_key', 'system']),
  actorName: z.string(),
  action: z.string(),
  subjectKind: z.string(),
  subjectId: z.string(),
  detail: z.record(z.string(), z.unknown()),
  /** Of what has versions: which one it was, and why it was published. Null for anything else. */
  version: z.object({ number: z.int(), note: z.string() }).nullable(),
  occurredAt: Instant,
});

export const ApiKeyRow = z.object({
  id: z.string(),
  name: z.string(),
  /** First characters, to tell keys apart. */
  start: z.string(),
  scopes: z.array(PermissionName),
  createdAt: Instant,
  lastUsedAt: Instant.nullable(),
});

export const DocumentVersionRow = z.object({
  documentId: z.string(),
  versionId: z.string(),
  number: z.int(),
  state: z.enum(['draft', 'published', 'retired']),
  note: z.string(),
  authorName: z.string(),
  createdAt: Instant,
  publishedAt: Instant.nullable(),
});
