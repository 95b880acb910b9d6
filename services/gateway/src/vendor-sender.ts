import { createSlackChat, SLACK_HOST, slackTarget } from '@penstock/channels/slack/slack-chat';
import { createSlackHook, HOOKS_HOST, hookTarget } from '@penstock/channels/slack/slack-hook';
import type { Configuration } from '@penstock/config/environment';
import type { Chat, ChatHook } from '@penstock/engagement/chat-port';
import type { WaterfallDeps } from '@penstock/enrichment/waterfall-run';
import { createHttpClient } from '@penstock/http/http-client';
import { HttpError } from '@penstock/http/http-error';
import { sendOrSilence } from '@penstock/http/send-or-silence';
import { createVendorDoor } from '@penstock/http/vendor-door';
import type { Clock } from '@penstock/kernel/clock';
import { openText } from '@penstock/kernel/seal';
import type { SecretPlace, SourceAdapter, SourceReply, SourceRequest } from '@penstock/signals/source-port';
import { fetchSource } from '@penstock/sources/fetch-source';
import type { Store } from '@penstock/store/store';

export type VendorSender = {
  send: WaterfallDeps['send'];
  /** Slack, for a token that somebody has just given. */
  chat(workspaceId: string, token: string): Chat;
  /** An incoming webhook of Slack, for a path that somebody has just given. */
  hook(workspaceId: string, path: string): ChatHook;
  /** Asks a source's declared host once, with a key that somebody has just given. Throws `SourceError`. */
  fetchSource(
    workspaceId: string,
    adapter: Pick<SourceAdapter, 'manifest'>,
    request: SourceRequest,
    credential: (SecretPlace & { value: string }) | null,
  ): Promise<SourceReply>;
  close(): Promise<void>;
};

/** The gateway's own way out to vendors, for what a person asks by hand. A sandbox workspace reaches the simulators and nothing else. */
export function openVendorSender(config: Configuration, store: Store, clock: Clock): VendorSender {
  const sandboxOrigin = config.PENSTOCK_SANDBOX_URL;
  const http = createHttpClient(sandboxOrigin === '' ? {} : { sandboxOrigin });
  const key = Buffer.from(config.PENSTOCK_SECRET_KEY, 'base64');
  const door = createVendorDoor(http, clock);
  const originOf = async (workspaceId: string, host: string) => {
    const workspaces = await store.dueWork.workspaces();
    const isSandbox = workspaces.find((one) => one.workspaceId === workspaceId)?.kind === 'sandbox';
    return isSandbox ? `${sandboxOrigin}/${host}` : `https://${host}`;
  };
  return {
    chat: (workspaceId, token) =>
      createSlackChat(async (request) =>
        sendOrSilence(http, slackTarget(await originOf(workspaceId, SLACK_HOST), token), request),
      ),
    hook: (workspaceId, path) =>
      createSlackHook(path, async (request) =>
        sendOrSilence(http, hookTarget(await originOf(workspaceId, HOOKS_HOST)), request),
      ),
    async send({ adapter, workspaceId, secretSealed, timeoutMs, startByMs }, request) {
      const { manifest } = adapter;
      const target = {
        service: manifest.id,
        origin: await originOf(workspaceId, manifest.host),
        declaredHosts: [manifest.host],
        timeoutMs,
        startByMs,
      };
      return door.send(
        target,
        { placement: manifest.credential, value: openText(key, secretSealed) },
        request,
      );
    },
    fetchSource: async (workspaceId, adapter, request, credential) =>
      fetchSource(
        {
          send: http.send,
          faultOf: (error) => (error instanceof HttpError ? error.fault : null),
        },
        await originOf(workspaceId, adapter.manifest.host),
        adapter,
        request,
        credential,
      ),
    close: () => http.close(),
  };
}
