import { createSlackChat, SLACK_HOST, slackTarget } from '@penstock/channels/slack/slack-chat';
import { createSlackHook, HOOKS_HOST, hookTarget } from '@penstock/channels/slack/slack-hook';
import { createSmtpTransport, type SmtpTransport } from '@penstock/channels/smtp/smtp-transport';
import type { Configuration } from '@penstock/config/environment';
import { callbackPath } from '@penstock/enrichment/later/callback-address';
import type { WaterfallDeps } from '@penstock/enrichment/waterfall-run';
import type { Chat, ChatHook } from '@penstock/engagement/chat-port';
import type { MailTransport } from '@penstock/engagement/mail-port';
import type { HttpClient } from '@penstock/http/http-client';
import { HttpError } from '@penstock/http/http-error';
import { sendOrSilence } from '@penstock/http/send-or-silence';
import type { DeliverDeps } from '@penstock/signals/outgoing/deliver-events';
import type { SealedSecret, SourceAdapter, SourceReply, SourceRequest } from '@penstock/signals/source-port';
import type { IpDataAdapter, IpDataReply } from '@penstock/signals/visit-port';
import { fetchSource } from '@penstock/sources/fetch-source';
import { createSourceAdapters } from '@penstock/sources/registry';
import type { Store } from '@penstock/store/store';

import { webhookPost } from './event-sender.ts';
import { createOpenWeb } from './open-web.ts';
import { openVendors, type Kind } from './open-vendors.ts';

/** Everything through which the worker reaches out. A sandbox workspace reaches the simulators and nothing else. */
export type OutsideWorld = {
  kindOf(workspaceId: string): Promise<Kind>;
  /** Who asks, for sources that want to know. */
  contact: string;
  sendToProvider: WaterfallDeps['send'];
  openWebOf: WaterfallDeps['openWebOf'];
  callbackUrlOf: WaterfallDeps['callbackUrlOf'];
  sourceAdapters(kind: Kind): ReadonlyMap<string, SourceAdapter>;
  fetchFromSource(
    kind: Kind,
    adapter: Pick<SourceAdapter, 'manifest'>,
    request: SourceRequest,
    secret?: SealedSecret | null,
  ): Promise<SourceReply>;
  postWebhook: DeliverDeps['post'];
  mailFor(workspaceId: string): MailTransport;
  /** The IP-data vendor about an address. Throws `HttpError`. */
  askIpData(
    workspaceId: string,
    adapter: IpDataAdapter,
    tokenSealed: string,
    address: string,
  ): Promise<IpDataReply>;
  /** The workspace's app in Slack, by its encrypted token. */
  chatFor(workspaceId: string, secretSealed: string): Chat;
  /** A member's own channel in Slack, by its encrypted address. */
  hookFor(workspaceId: string, secretSealed: string): ChatHook;
  close(): Promise<void>;
};

export function openOutsideWorld(config: Configuration, store: Store): OutsideWorld {
  const sandboxOrigin = config.PENSTOCK_SANDBOX_URL;
  const vendors = openVendors(config, store);
  const { http, open, kindOf, originOf } = vendors;
  const key = Buffer.from(config.PENSTOCK_SECRET_KEY, 'base64');
  const originIn = async (workspaceId: string, host: string) => originOf(await kindOf(workspaceId), host);
  const mail = openMail(config, kindOf);
  const adapters = sourceAdapters(config, originOf);
  return {
    kindOf,
    contact: `Penstock (${config.PENSTOCK_CONTACT || 'self-hosted'})`,
    sendToProvider: vendors.send,
    openWebOf: (workspaceId) =>
      createOpenWeb(http, {
        isSandbox: async () => (await kindOf(workspaceId)) === 'sandbox',
        sandboxOrigin,
        contact: config.PENSTOCK_CONTACT,
      }),
    callbackUrlOf: async (workspaceId, ticketId) =>
      callbackUrl(await kindOf(workspaceId), config.PENSTOCK_PUBLIC_URL, callbackPath(key, ticketId)),
    sourceAdapters: (kind) => adapters[kind],
    fetchFromSource: openSources(http, originOf, open),
    postWebhook: webhookPost(http, { kindOf, sandboxOrigin }),
    mailFor: mail.for,
    askIpData: openIpData(http, originIn, open),
    chatFor: openChat(http, originIn, open),
    hookFor: (workspaceId, secretSealed) =>
      createSlackHook(open(secretSealed), async (request) =>
        sendOrSilence(http, hookTarget(await originIn(workspaceId, HOOKS_HOST)), request),
      ),
    async close() {
      mail.close();
      await http.close();
    },
  };
}

function sourceAdapters(config: Configuration, originOf: (kind: Kind, host: string) => string) {
  return {
    sandbox: createSourceAdapters({
      contact: config.PENSTOCK_CONTACT,
      edgarPublicOrigin: originOf('sandbox', 'www.sec.gov'),
    }),
    real: createSourceAdapters({ contact: config.PENSTOCK_CONTACT }),
  };
}

function openSources(
  http: HttpClient,
  originOf: (kind: Kind, host: string) => string,
  open: (sealed: string) => string,
): OutsideWorld['fetchFromSource'] {
  return (kind, adapter, request, secret) =>
    fetchSource(
      { send: http.send, faultOf },
      originOf(kind, adapter.manifest.host),
      adapter,
      request,
      secret ? { ...secret.place, value: open(secret.sealed) } : null,
    );
}

const faultOf = (error: unknown) => (error instanceof HttpError ? error.fault : null);

const IP_DATA_TIMEOUT_MS = 10_000;

/** One question about one address, the token as bearer. */
function openIpData(
  http: HttpClient,
  originOf: (workspaceId: string, host: string) => Promise<string>,
  open: (sealed: string) => string,
): OutsideWorld['askIpData'] {
  return async (workspaceId, { manifest, request }, tokenSealed, address) =>
    http.send(
      {
        service: manifest.id,
        origin: await originOf(workspaceId, manifest.host),
        declaredHosts: [manifest.host],
        credential: { in: 'bearer', value: open(tokenSealed) },
        timeoutMs: IP_DATA_TIMEOUT_MS,
        maxBodyBytes: 64 * 1024,
      },
      request(address),
    );
}

/** Slack, by the encrypted token of a workspace. */
function openChat(
  http: HttpClient,
  originOf: (workspaceId: string, host: string) => Promise<string>,
  open: (sealed: string) => string,
): OutsideWorld['chatFor'] {
  return (workspaceId, secretSealed) =>
    createSlackChat(async (request) =>
      sendOrSilence(http, slackTarget(await originOf(workspaceId, SLACK_HOST), open(secretSealed)), request),
    );
}

/** A vendor reaches public addresses only; the simulators reach this machine. */
function callbackUrl(kind: Kind, publicUrl: string, path: string): string | null {
  const address = new URL(path, publicUrl);
  return kind === 'sandbox' || address.protocol === 'https:' ? address.href : null;
}

function openMail(config: Configuration, kindOf: (workspaceId: string) => Promise<Kind>) {
  const sandbox =
    config.PENSTOCK_SANDBOX_URL === ''
      ? null
      : createSmtpTransport({ url: `smtp://127.0.0.1:${config.PENSTOCK_SANDBOX_SMTP_PORT}` });
  const real =
    config.PENSTOCK_SMTP_URL === '' ? null : createSmtpTransport({ url: config.PENSTOCK_SMTP_URL });
  const transports: Record<Kind, SmtpTransport | null> = { sandbox, real };
  return {
    for: (workspaceId: string): MailTransport => ({
      async send(mail) {
        const transport = transports[await kindOf(workspaceId)];
        return transport
          ? transport.send(mail)
          : { outcome: 'not_accepted', code: 'no mail server configured' };
      },
    }),
    close() {
      sandbox?.close();
      real?.close();
    },
  };
}
