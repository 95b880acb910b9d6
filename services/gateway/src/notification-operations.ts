import { connectSlackOperation, disconnectSlack } from '@penstock/engagement/operations/manage-slack';
import { connectHookOperation, disconnectHook } from '@penstock/engagement/operations/manage-slack-hook';
import { listMutes, muteAccount, unmuteAccount } from '@penstock/engagement/operations/mute-accounts';
import {
  findInSlackOperation,
  readNotificationPreferences,
  saveNotificationPreferences,
} from '@penstock/engagement/operations/notification-preferences';
import {
  countNotifications,
  listNotifications,
  markAllNotifications,
  markNotifications,
} from '@penstock/engagement/operations/read-notifications';
import { openText, sealText } from '@penstock/kernel/seal';

import type { GatewayDeps } from './gateway-deps.ts';

/** What people are told of, and by which ways. */
export function notificationOperations({ config, vendors }: Pick<GatewayDeps, 'config' | 'vendors'>) {
  const secretKey = Buffer.from(config.PENSTOCK_SECRET_KEY, 'base64');
  return {
    list: listNotifications,
    count: countNotifications,
    mark: markNotifications,
    markAll: markAllNotifications,
    preferences: readNotificationPreferences,
    savePreferences: saveNotificationPreferences,
    findInSlack: findInSlackOperation({
      chatOf: (workspaceId, sealed) => vendors.chat(workspaceId, openText(secretKey, sealed)),
    }),
    connectSlack: connectSlackOperation({
      chat: vendors.chat,
      seal: (secret) => sealText(secretKey, secret),
    }),
    disconnectSlack,
    connectHook: connectHookOperation({
      hook: vendors.hook,
      seal: (secret) => sealText(secretKey, secret),
    }),
    disconnectHook,
    mutes: listMutes,
    mute: muteAccount,
    unmute: unmuteAccount,
  } as const;
}
