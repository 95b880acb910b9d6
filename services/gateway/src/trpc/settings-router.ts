import { DomainError } from '@penstock/kernel/domain-error';
import { plainText } from '@penstock/kernel/contract';
import { ApiKeyRow, PermissionName, TimeZone } from '@penstock/workspace/contracts';
import { actorMay } from '@penstock/workspace/model/actor';
import type { Permission } from '@penstock/workspace/model/role';
import { z } from 'zod';

import type { Identity } from '../auth/authenticate.ts';
import { recordSpecialAudit } from '../auth/special-audit.ts';
import type { Operations } from '../operations.ts';
import { provisionWorkspace } from '../provision-workspace.ts';
import { changing, reading, router, special, specially } from './procedure.ts';

function assertMay(identity: Identity, permission: Permission): void {
  if (!actorMay(identity.actor, permission))
    throw new DomainError('forbidden', `This needs the permission "${permission}".`);
}

export function memberOf(identity: Identity): { userId: string; sessionId: string } {
  const { userId, sessionId } = identity;
  if (userId === null || sessionId === null)
    throw new DomainError('forbidden', 'Only a signed-in person can do this.');
  return { userId, sessionId };
}

/** What is set for a workspace: its people, documents, forms, keys and webhooks. */
export function settingsRouter(settings: Operations['settings']) {
  return router({
    workspace: reading(settings.workspace),
    updateWorkspace: changing(settings.updateWorkspace),
    members: reading(settings.members),
    updateMember: changing(settings.updateMember),
    addMember: changing(settings.addMember),
    teams: reading(settings.teams),
    ...icpProcedures(settings),
    ...rulesProcedures(settings),
    forms: reading(settings.forms),
    createForm: changing(settings.createForm),
    updateForm: changing(settings.updateForm),
    sendTestLead: changing(settings.sendTestLead),
    saveCredential: changing(settings.saveCredential),
    arrangeKeys: changing(settings.arrangeKeys),
    setKeyLimits: changing(settings.setKeyLimits),
    removeKey: changing(settings.removeKey),
    webhooks: reading(settings.webhooks),
    webhookTargets: reading(settings.webhookTargets),
    createWebhookTarget: changing(settings.createWebhookTarget),
    switchWebhookTarget: changing(settings.switchWebhookTarget),
    removeWebhookTarget: changing(settings.removeWebhookTarget),
    createWebhook: changing(settings.createWebhook),
    audit: reading(settings.audit),
    ...keyProcedures(),
    createWorkspace: special(
      'workspace.create',
      z.object({
        name: plainText(80).pipe(z.string().min(1)),
        slug: z
          .string()
          .trim()
          .regex(/^[a-z0-9-]{2,40}$/, 'is not 2 to 40 of the characters a–z, 0–9 and -'),
        timeZone: TimeZone.default('UTC'),
      }),
    ).mutation(({ ctx, input }) =>
      specially(ctx, async (identity) => {
        const { userId } = memberOf(identity);
        const workspaceId = await provisionWorkspace(ctx.deps, {
          ...input,
          kind: 'real',
          founder: { userId, from: identity.actor.workspaceId },
        });
        await recordSpecialAudit(ctx, identity, {
          action: 'workspace.created',
          subjectKind: 'workspace',
          subjectId: workspaceId,
        });
        return { id: workspaceId };
      }),
    ),
  });
}

function icpProcedures(settings: Operations['settings']) {
  return {
    icp: reading(settings.icp),
    saveIcpDraft: changing(settings.saveIcpDraft),
    publishIcp: changing(settings.publishIcp),
    icpBuild: reading(settings.icpBuild),
    cancelIcpBuild: changing(settings.cancelIcpBuild),
    judgeIcp: reading(settings.judgeIcp),
    compareIcp: reading(settings.compareIcp),
    icpFeedback: reading(settings.icpFeedback),
  };
}

/** What RevOps writes in rules: which openings count, how titles are read. */
function rulesProcedures(settings: Operations['settings']) {
  return {
    watchRules: reading(settings.watchRules),
    saveWatchRulesDraft: changing(settings.saveWatchRulesDraft),
    publishWatchRules: changing(settings.publishWatchRules),
    testWatchRules: reading(settings.testWatchRules),
    testNewsRules: reading(settings.testNewsRules),
    titleRules: reading(settings.titleRules),
    saveTitleRulesDraft: changing(settings.saveTitleRulesDraft),
    publishTitleRules: changing(settings.publishTitleRules),
    testTitleRules: reading(settings.testTitleRules),
  };
}

function keyProcedures() {
  return {
    keys: special('keys.manage', z.object({}).optional()).query(({ ctx }) =>
      specially(ctx, async (identity) => {
        const items = await ctx.deps.auth.listKeys(identity.actor.workspaceId);
        return { items: items.map((row) => ApiKeyRow.parse(row)) };
      }),
    ),
    createKey: special(
      'keys.manage',
      z.object({ name: plainText(80).pipe(z.string().min(1)), scopes: z.array(PermissionName).min(1) }),
    ).mutation(({ ctx, input }) =>
      specially(ctx, async (identity) => {
        for (const scope of input.scopes) assertMay(identity, scope);
        const { userId } = memberOf(identity);
        const { workspaceId } = identity.actor;
        const made = await ctx.deps.auth.createKey({ userId, workspaceId, ...input });
        await recordSpecialAudit(ctx, identity, {
          action: 'api_key.created',
          subjectKind: 'api_key',
          subjectId: made.id,
          detail: { scopes: input.scopes },
        });
        return made;
      }),
    ),
    revokeKey: special('keys.manage', z.object({ id: z.string().min(1).max(100) })).mutation(
      ({ ctx, input }) =>
        specially(ctx, async (identity) => {
          const revoked = await ctx.deps.auth.revokeKey(identity.actor.workspaceId, input.id);
          if (!revoked) throw new DomainError('not_found', 'There is no such key in this workspace.');
          await recordSpecialAudit(ctx, identity, {
            action: 'api_key.revoked',
            subjectKind: 'api_key',
            subjectId: input.id,
          });
          return { id: input.id };
        }),
    ),
  };
}
