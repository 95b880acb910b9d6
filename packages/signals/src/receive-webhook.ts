import { findOrCreateAccount } from '@penstock/accounts/identify-company';
import { registrableDomain } from '@penstock/accounts/model/domain-name';
import { DomainError } from '@penstock/kernel/domain-error';
import { openText } from '@penstock/kernel/seal';
import { statement } from '@penstock/store/statement';
import type { Store } from '@penstock/store/store';
import { maybeOne } from '@penstock/store/tx';
import { parseInput } from '@penstock/workspace/operation';
import { Webhook } from 'standardwebhooks';

import { WebhookSignal } from './contracts.ts';
import { recordSignals } from './record-signals.ts';
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

/**
 * Takes a signal from a signed webhook (Standard Webhooks: signature over id, timestamp and body, five minutes of tolerance). A
 * replayed delivery or a second report of the event changes nothing.
 * @throws DomainError `unauthenticated` for a signature that does not verify or is too old, `invalid` naming the field
 */
export async function receiveWebhook(
  deps: { store: Store; secretKey: Buffer; scoring: ScoringPort },
  delivery: Delivery,
): Promise<{ signalId: string | null }> {
  const { workspaceId, endpointId, now } = delivery;
  const endpoint = await deps.store.inWorkspace(workspaceId, (tx) => maybeOne(tx, readSecret, endpointId));
  if (!endpoint?.active) throw new DomainError('not_found', 'There is no such webhook.');
  const posted = verified(openText(deps.secretKey, endpoint.secretSealed), delivery);
  const signal = parseInput(WebhookSignal, posted);
  const domain = signal.company.domain ? registrableDomain(signal.company.domain) : null;
  return deps.store.inWorkspace(workspaceId, async (tx) => {
    const name = signal.company.name || domain || 'Unknown company';
    const mention = { name, formerNames: [], domain, ids: [], country: null, region: null, city: null };
    const account = await findOrCreateAccount(tx, mention, {
      state: 'proposed',
      origin: 'signal',
      isTest: false,
      ownerId: null,
      now,
    });
    const recorded = await recordSignals(
      tx,
      [
        {
          accountId: account.accountId,
          kind: signal.kind,
          eventKey: `webhook:${endpointId}:${signal.eventId}`,
          strength: signal.strength,
          summary: signal.summary,
          facts: {},
          source: 'webhook',
          isTest: false,
          occurredAt: signal.occurredAt,
          evidence: signal.evidence
            ? {
                url: signal.evidence.url,
                quote: signal.evidence.quote,
                quoteStart: 0,
                contentHash: contentHash(delivery.body),
                fetchedAt: now,
              }
            : null,
        },
      ],
      now,
      deps.scoring,
    );
    return { signalId: recorded[0]?.id ?? null };
  });
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
