import { DomainError } from '@penstock/kernel/domain-error';
import { Done, plainText } from '@penstock/kernel/contract';
import type { Tx } from '@penstock/store/tx';
import { z } from 'zod';

import { MemberRow, RoleName, TeamRow, TimeZone } from '../contracts.ts';
import { command, query } from '../operation.ts';

export const listMembers = query({
  name: 'settings.members',
  lane: 'records',
  permission: 'settings.read',
  summary: 'Members of the workspace.',
  input: z.object({}),
  output: z.object({ items: z.array(MemberRow) }),
  async run({ tx }) {
    const where = { workspaceId: tx.workspaceId };
    const members = await tx.db.member.findMany({ where, orderBy: { name: 'asc' } });
    const teams = await tx.db.team.findMany({ where });
    return {
      items: members.map((member) => {
        const team = teams.find((one) => one.id === member.teamId);
        return {
          id: member.id,
          name: member.name,
          email: member.email,
          role: RoleName.parse(member.role),
          team: team ? { id: team.id, name: team.name } : null,
          timeZone: member.timeZone,
          takesLeads: member.takesLeads,
          active: member.active,
        };
      }),
    };
  },
});

/** Implemented by the slices whose work a member holds: it is given back in the same transaction. */
export type MemberLeft = (tx: Tx, memberId: string, now: Date) => Promise<void>;

export function updateMemberOperation(deps: { onLeft: MemberLeft }) {
  return command({
    name: 'settings.updateMember',
    lane: 'records',
    permission: 'members.manage',
    summary: "Change a member's role, team, time zone, or whether they take leads and may sign in.",
    input: z.object({
      id: z.string().min(1).max(100),
      role: RoleName.optional(),
      teamId: z.uuid().nullish(),
      timeZone: TimeZone.optional(),
      takesLeads: z.boolean().optional(),
      active: z.boolean().optional(),
    }),
    output: Done,
    async run({ tx, actor, now }, { id, ...changes }) {
      if (
        id === actor.id &&
        (changes.active === false || (changes.role !== undefined && changes.role !== actor.role))
      ) {
        throw new DomainError('conflict', 'You can’t take your own access away. Ask another administrator.');
      }
      const data = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
      const { count } = await tx.db.member.updateMany({ where: { workspaceId: tx.workspaceId, id }, data });
      if (count === 0) throw new DomainError('not_found', 'There is no such member in this workspace.');
      if (changes.active === false) await deps.onLeft(tx, id, now);
      return {
        output: { id },
        audit: {
          action: 'member.updated',
          subjectKind: 'member',
          subjectId: id,
          detail: { fields: Object.keys(data) },
        },
        events: [{ kind: 'settings.changed', payload: { what: 'members' } }],
      };
    },
  });
}

export type NewMember = { name: string; email: string; password: string };

/** Adding a member makes a sign-in too, which belongs to the sign-in library: the gateway brings it. */
export function addMemberOperation(deps: {
  createUser: (user: NewMember, workspaceId: string) => Promise<string>;
}) {
  return command({
    name: 'settings.addMember',
    lane: 'records',
    permission: 'members.manage',
    summary: 'Add a member with a first password.',
    input: z.object({
      name: plainText(100).pipe(z.string().min(1, 'is missing')),
      email: z.email().max(254).toLowerCase(),
      role: RoleName,
      password: z.string().min(12, 'is shorter than 12 characters').max(128),
    }),
    output: Done,
    async run({ tx, now }, { password, ...member }) {
      const taken = await tx.db.member.findFirst({
        where: { workspaceId: tx.workspaceId, email: member.email },
        select: { id: true },
      });
      if (taken) throw new DomainError('conflict', 'Somebody with this address is a member already.');
      const id = await deps.createUser({ ...member, password }, tx.workspaceId);
      await tx.db.member.create({
        data: {
          workspaceId: tx.workspaceId,
          id,
          ...member,
          takesLeads: member.role === 'rep',
          createdAt: now,
        },
      });
      return {
        output: { id },
        audit: {
          action: 'member.added',
          subjectKind: 'member',
          subjectId: id,
          detail: { role: member.role },
        },
        events: [{ kind: 'settings.changed', payload: { what: 'members' } }],
      };
    },
  });
}

export const listTeams = query({
  name: 'settings.teams',
  lane: 'records',
  permission: 'settings.read',
  summary: 'Teams and their managers.',
  input: z.object({}),
  output: z.object({ items: z.array(TeamRow) }),
  async run({ tx }) {
    const where = { workspaceId: tx.workspaceId };
    const teams = await tx.db.team.findMany({ where, orderBy: { name: 'asc' } });
    const sizes = await tx.db.member.groupBy({ by: ['teamId'], where, _count: true });
    return {
      items: teams.map((team) => ({
        id: team.id,
        name: team.name,
        managerId: team.managerId,
        members: sizes.find((size) => size.teamId === team.id)?._count ?? 0,
      })),
    };
  },
});
