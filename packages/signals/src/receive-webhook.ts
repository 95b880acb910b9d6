import { findOrCreateAccount } from '@penstock/accounts/identify-company';
import { companyNameKey } from '@penstock/accounts/model/company-name';
import { registrableDomain } from '@penstock/accounts/model/domain-name';
import { DomainError } from '@penstock/kernel/domain-error';
import { openText } from '@penstock/kernel/seal';
import { statement } from '@penstock/store/statement';
import type { Store } from '@penstock/store/store';
import { maybeOne, type Tx } from '@penstock/store/tx';
import { parseInput } from '@penstock/workspace/operation';
import { Webhook } from 'standardwebhooks';
import type { z } from 'zod';

import { WebhookBatch, WebhookSignal } from './contracts.ts';
import { recordSignals, type NewSignal } from './record-signals.ts';
import type { ScoringPort } from './scoring-port.ts';
import { contentHash } from './take-finding.ts';

const readSecret = statement<{ secretSealed: string; active: boolean }>(
  'read_webhook_secret',
  'select secret_sealed as "secretSealed", active from webhook_endpoint where workspace_id = $1 and id = $2',
);

export type Delivery = {
  workspaceId: string;
  endpointId: string;
  headers: Record<string, string>;
  body: string;
  now: Date;
};

/** Ids of the signals in the order they were sent; null where the event was told before. */
export type Received = { signalId: string | null } | { signalIds: (string | null)[] };

/**
 * Takes one signal, or a batch as `{ signals: [...] }`, from a signed webhook (Standard Webhooks: signature over id, timestamp and
 * body, five minutes of tolerance). A replayed delivery or a second report of an event changes nothing.
 * @throws DomainError `unauthenticated` for a signature that does not verify or is too old, `invalid` naming the field; nothing is taken then
 */
export async function receiveWebhook(
  deps: { store: Store; secretKey: Buffer; scoring: ScoringPort },
  delivery: Delivery,
): Promise<Received> {
  const { workspaceId, endpointId, now } = delivery;
  const endpoint = await deps.store.inWorkspace(workspaceId, (tx) => maybeOne(tx, readSecret, endpointId));
  if (!endpoint?.active) throw new DomainError('not_found', 'There is no such webhook.');
  const posted = verified(openText(deps.secretKey, endpoint.secretSealed), delivery);
  const isBatch = typeof posted === 'object' && posted !== null && 'signals' in posted;
  const sent = isBatch ? parseInput(WebhookBatch, posted).signals : [parseInput(WebhookSignal, posted)];
  const recorded = await deps.store.inWorkspace(workspaceId, async (tx) =>
    recordSignals(tx, await atAccounts(tx, sent, delivery), now, deps.scoring),
  );
  const ids = sent.map(
    (signal) => recorded.find(({ eventKey }) => eventKey === eventKeyOf(delivery, signal))?.id ?? null,
  );
  return isBatch ? { signalIds: ids } : { signalId: ids[0] ?? null };
}

type Sent = z.output<typeof WebhookSignal>;

const eventKeyOf = (delivery: Delivery, signal: Sent): string =>
  `webhook:${delivery.endpointId}:${signal.eventId}`;

async function atAccounts(tx: Tx, sent: readonly Sent[], delivery: Delivery): Promise<NewSignal[]> {
  const { now } = delivery;
  const mentioned = sent
    .map((signal) => {
      const domain = signal.company.domain ? registrableDomain(signal.company.domain) : null;
      return { signal, domain, name: signal.company.name || domain || 'Unknown company' };
    })
    // Two deliveries with common companies take them in one order, and wait instead of deadlocking.
    .toSorted((a, b) => (identityOf(a) < identityOf(b) ? -1 : 1));
  const signals: NewSignal[] = [];
  for (const { signal, domain, name } of mentioned) {
    const mention = { name, formerNames: [], domain, ids: [], country: null, region: null, city: null };
    const as = { state: 'proposed', origin: 'signal', isTest: false, ownerId: null, now } as const;
    const { accountId } = await findOrCreateAccount(tx, mention, as);
    signals.push(toSignal(signal, accountId, delivery));
  }
  return signals;
}

const identityOf = ({ domain, name }: { domain: string | null; name: string }): string =>
  domain ?? companyNameKey(name);

function toSignal(signal: Sent, accountId: string, delivery: Delivery): NewSignal {
  const { evidence } = signal;
  return {
    accountId,
    kind: signal.kind,
    eventKey: eventKeyOf(delivery, signal),
    strength: signal.strength,
    summary: signal.summary,
    facts: {},
    source: 'webhook',
    report:
      signal.about === undefined
        ? null
        : { about: signal.about, origin: `webhook:${delivery.endpointId}`, tellsEventsApart: true },
    isTest: false,
    occurredAt: signal.occurredAt,
    evidence: evidence
      ? {
          url: evidence.url,
          quote: evidence.quote,
          quoteStart: 0,
          contentHash: contentHash(delivery.body),
          fetchedAt: delivery.now,
        }
      : null,
  };
}

function verified(secret: string, delivery: Delivery): unknown {
  try {
    return new Webhook(secret).verify(delivery.body, delivery.headers);
  } catch (cause) {
    throw new DomainError(
      'unauthenticated',
      'The signature does not verify, or the delivery is older than five minutes. Sign id, timestamp and body with the secret of this webhook.',
      { cause },
    );
  }
}
