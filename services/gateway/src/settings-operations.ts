import { recordRelease } from '@penstock/engagement/first-touch';
import { createForm, listForms, updateForm } from '@penstock/engagement/operations/manage-forms';
import { sendTestLeadOperation } from '@penstock/engagement/operations/send-test-lead';
import { arrangeKeys, removeKey, setKeyLimits } from '@penstock/enrichment/operations/manage-keys';
import { giveBackItems } from '@penstock/scoring/give-back';
import { compareIcp } from '@penstock/scoring/operations/compare-icp';
import {
  publishTitleRules,
  readTitleRules,
  saveTitleRulesDraft,
} from '@penstock/scoring/operations/manage-title-rules';
import { tryTitleRules } from '@penstock/scoring/operations/try-title-rules';
import { readIcpFeedback } from '@penstock/scoring/operations/read-icp-feedback';
import { judgeIcp } from '@penstock/scoring/operations/judge-icp';
import { readIcp, saveIcpDraft } from '@penstock/scoring/operations/manage-icp';
import { cancelIcpBuild, publishIcp, readIcpBuild } from '@penstock/scoring/operations/publish-icp';
import {
  publishWatchRules,
  readWatchRules,
  saveWatchRulesDraft,
} from '@penstock/signals/operations/manage-watch-rules';
import { testWatchRules } from '@penstock/signals/operations/test-watch-rules';
import { testNewsRules } from '@penstock/signals/operations/test-news-rules';
import {
  createTargetOperation,
  listWebhookTargets,
  removeWebhookTarget,
  switchWebhookTarget,
} from '@penstock/signals/operations/manage-targets';
import { createWebhookOperation, listWebhooks } from '@penstock/signals/operations/manage-webhooks';
import {
  addMemberOperation,
  listMembers,
  listTeams,
  updateMemberOperation,
} from '@penstock/workspace/operations/manage-members';
import { listAudit, readWorkspace, updateWorkspace } from '@penstock/workspace/operations/manage-workspace';

import { startLead } from './intake/start-lead.ts';
import type { OperationDeps as Deps } from './gateway-deps.ts';
import { providersOf } from './enrichment-operations.ts';
import { sealing } from './sealing.ts';

/** What RevOps and administrators set: people, documents, forms, keys, webhooks. */
export function settingsOperations(deps: Deps) {
  return {
    workspace: readWorkspace,
    updateWorkspace,
    members: listMembers,
    updateMember: updateMemberOperation({
      onLeft: (tx, memberId, now) => giveBackItems(tx, memberId, now, recordRelease),
    }),
    addMember: addMemberOperation({
      createUser: (user, workspaceId) => deps.auth.createUser(user, workspaceId),
    }),
    teams: listTeams,
    icp: readIcp,
    saveIcpDraft,
    publishIcp,
    icpBuild: readIcpBuild,
    cancelIcpBuild,
    judgeIcp,
    compareIcp,
    icpFeedback: readIcpFeedback,
    watchRules: readWatchRules,
    saveWatchRulesDraft,
    publishWatchRules,
    testWatchRules,
    testNewsRules,
    titleRules: readTitleRules,
    saveTitleRulesDraft,
    publishTitleRules,
    testTitleRules: tryTitleRules,
    forms: listForms,
    createForm,
    updateForm,
    sendTestLead: sendTestLeadOperation((lead) => startLead(deps, lead)),
    saveCredential: providersOf(deps).save,
    arrangeKeys,
    setKeyLimits,
    removeKey,
    webhooks: listWebhooks,
    webhookTargets: listWebhookTargets,
    createWebhookTarget: createTargetOperation({ seal: sealing(deps) }),
    switchWebhookTarget,
    removeWebhookTarget,
    createWebhook: createWebhookOperation({ seal: sealing(deps) }),
    audit: listAudit,
  } as const;
}
