import { DomainError } from '@penstock/kernel/domain-error';
import { Done, pageOf, plainText } from '@penstock/kernel/contract';
import { z } from 'zod';

import { AuditRow, Me, TimeZone, WorkspaceSettings } from '../contracts.ts';
import { actorMay } from '../model/actor.ts';
import { PERMISSIONS } from '../model/role.ts';
import { command, query } from '../operation.ts';

export const readMe = query({
  name: 'session.me',
  lane: 'records',
  permission: 'settings.read',
  summary: 'Who is asking, in which workspace, and what they may do.',
  input: z.object({}),
  output: Me,
  async run({ tx, actor }) {
    const workspace = await tx.db.workspace.findUniqueOrThrow({ where: { workspaceId: tx.workspaceId } });
    const member = await tx.db.member.findFirst({ where: { workspaceId: tx.workspaceId, id: actor.id } });
    return {
      member: {
        id: actor.id,
        name: member?.name ?? actor.name,
        email: member?.email ?? '',
        role: actor.role,
        timeZone: member?.timeZone ?? workspace.timeZone,
      },
      workspace: {
        id: workspace.workspaceId,
        name: workspace.name,
        kind: WorkspaceSettings.shape.kind.parse(workspace.kind),
        slug: workspace.slug,
        timeZone: workspace.timeZone,
      },
      permissions: PERMISSIONS.filter((permission) => actorMay(actor, permission)),
    };
  },
});

export const readWorkspace = query({
  name: 'settings.workspace',
  lane: 'records',
  permission: 'settings.read',
  summary: 'Settings of the workspace.',
  input: z.object({}),
  output: WorkspaceSettings,
  async run({ tx }) {
    const workspace = await tx.db.workspace.findUniqueOrThrow({ where: { workspaceId: tx.workspaceId } });
    return {
      name: workspace.name,
      kind: WorkspaceSettings.shape.kind.parse(workspace.kind),
      timeZone: workspace.timeZone,
      repVisibility: WorkspaceSettings.shape.repVisibility.parse(workspace.repVisibility),
      paidCallsStopped: workspace.paidCallsStopped,
    };
  },
});

export const updateWorkspace = command({
  name: 'settings.updateWorkspace',
  lane: 'records',
  permission: 'members.manage',
  summary: 'Change the name, the time zone, what reps see of each other, or stop all paid calls.',
  input: z.object({
    name: plainText(100).pipe(z.string().min(1)).optional(),
    timeZone: TimeZone.optional(),
    repVisibility: z.enum(['own', 'team', 'all']).optional(),
    paidCallsStopped: z.boolean().optional(),
  }),
  output: Done,
  async run({ tx }, input) {
    const data = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
    if (Object.keys(data).length === 0)
      throw new DomainError('invalid', 'Nothing to change. Send at least one setting.');
    await tx.db.workspace.updateMany({ where: { workspaceId: tx.workspaceId }, data });
    return {
      output: { id: tx.workspaceId },
      audit: {
        action: 'workspace.updated',
        subjectKind: 'workspace',
        subjectId: tx.workspaceId,
        detail: { fields: Object.keys(data) },
      },
      events: [{ kind: 'settings.changed', payload: { what: 'workspace' } }],
    };
  },
});

const AUDIT_PAGE = 100;

export const listAudit = query({
  name: 'settings.audit',
  lane: 'records',
  permission: 'audit.read',
  summary: 'Who changed what, newest first.',
  input: z.object({ cursor: z.uuid().nullish() }),
  output: pageOf(AuditRow),
  async run({ tx }, input) {
    const workspaceId = tx.workspaceId;
    const rows = await tx.db.audit.findMany({
      where: { workspaceId, ...(input.cursor && { id: { lt: input.cursor } }) },
      orderBy: { id: 'desc' },
      take: AUDIT_PAGE,
    });
    const members = await tx.db.member.findMany({
      where: { workspaceId, id: { in: rows.map((row) => row.actorId) } },
      select: { id: true, name: true },
    });
    // Read where it is kept, never copied: what is in the audit can't be changed or removed.
    const versions = await tx.db.documentVersion.findMany({
      where: { workspaceId, id: { in: versionIdsOf(rows) } },
      select: { id: true, number: true, note: true },
    });
    const versionOf = (id: string) => versions.find((version) => version.id === id);
    return {
      items: rows.map((row) => ({
        id: row.id,
        actorKind: AuditRow.shape.actorKind.parse(row.actorKind),
        actorName: members.find((member) => member.id === row.actorId)?.name ?? row.actorId,
        action: row.action,
        subjectKind: row.subjectKind,
        subjectId: row.subjectId,
        detail: AuditRow.shape.detail.parse(row.detail),
        version: versionInWords(row.action, versionOf(row.subjectId)),
        occurredAt: row.occurredAt,
      })),
      nextCursor: rows.length === AUDIT_PAGE ? (rows.at(-1)?.id ?? null) : null,
    };
  },
});

const versionIdsOf = (rows: readonly { subjectKind: string; subjectId: string }[]): string[] =>
  rows.filter(({ subjectKind }) => subjectKind === 'document_version').map(({ subjectId }) => subjectId);

/** A note says why a version was published, so it stands beside no other change of it. */
const versionInWords = (action: string, version: { number: number; note: string } | undefined) =>
  version ? { number: version.number, note: action.endsWith('.published') ? version.note : '' } : null;
