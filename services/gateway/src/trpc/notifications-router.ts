import type { Operations } from '../operations.ts';
import { changing, reading, router } from './procedure.ts';

/** What members are told of, and by which ways. */
export const notificationsRouter = (notifications: Operations['notifications']) =>
  router({
    list: reading(notifications.list),
    count: reading(notifications.count),
    mark: changing(notifications.mark),
    markAll: changing(notifications.markAll),
    preferences: reading(notifications.preferences),
    savePreferences: changing(notifications.savePreferences),
    findInSlack: changing(notifications.findInSlack),
    connectSlack: changing(notifications.connectSlack),
    disconnectSlack: changing(notifications.disconnectSlack),
    connectHook: changing(notifications.connectHook),
    disconnectHook: changing(notifications.disconnectHook),
    mutes: reading(notifications.mutes),
    mute: changing(notifications.mute),
    unmute: changing(notifications.unmute),
  });
