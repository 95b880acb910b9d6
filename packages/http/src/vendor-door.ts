import type { Clock } from '@penstock/kernel/clock';
import { ProviderError } from '@penstock/kernel/provider-error';
import type { ProviderFault } from '@penstock/kernel/provider-error';

import { createAccessTokens, TokenRefusedError } from './access-token.ts';
import type { HttpCredential } from './credential.ts';
import type { HttpClient } from './http-client.ts';
import { HttpError, toProviderError } from './http-error.ts';
import type { HttpReply, HttpRequest, HttpTarget } from './target.ts';

/** Where a vendor wants its secret; the same words as in the manifests of the adapters. */
export type SecretPlacement =
  | { in: 'header'; name: string }
  | { in: 'query'; name: string }
  | { in: 'bearer' }
  | { in: 'basic' }
  | { in: 'oauth2'; tokenPath: string }
  | { in: 'none' };

export type VendorDoor = {
  /** One exchange with a vendor, the secret put where the vendor wants it. Throws `ProviderError` only. */
  send(
    target: Omit<HttpTarget, 'credential'>,
    secret: { placement: SecretPlacement; value: string },
    request: HttpRequest,
  ): Promise<HttpReply>;
};

export function createVendorDoor(http: HttpClient, clock: Clock): VendorDoor {
  const tokens = createAccessTokens(http, clock);
  return {
    async send(target, { placement, value }, request) {
      const oauth = placement.in === 'oauth2';
      const credential = oauth
        ? {
            in: 'bearer' as const,
            value: await tokens.tokenFor(target, placement.tokenPath, value).catch((error: unknown) => {
              throw withoutCharge(target.service, error);
            }),
          }
        : credentialOf(placement, value);
      try {
        const reply = await http.send({ ...target, ...(credential && { credential }) }, request);
        // A token may be withdrawn before its time: the next call gets a new one.
        if (oauth && reply.status === 401) tokens.forget(target, value);
        return reply;
      } catch (error) {
        throw toProviderError(target.service, error);
      }
    },
  };
}

function credentialOf(
  placement: Exclude<SecretPlacement, { in: 'oauth2' }>,
  value: string,
): HttpCredential | null {
  return placement.in === 'none' ? null : { ...placement, value };
}

/** What goes wrong before there is a token can't have been charged, whatever it is. */
function withoutCharge(service: string, error: unknown): unknown {
  if (error instanceof TokenRefusedError) {
    const { status, headers } = error.reply;
    const seconds = Number(headers['retry-after'] ?? Number.NaN);
    const fault: ProviderFault =
      status === 429 ? 'rate_limited' : status >= 500 ? 'unavailable' : 'unauthorized';
    return new ProviderError(service, fault, {
      retryAfterMs: fault === 'rate_limited' && Number.isFinite(seconds) ? seconds * 1_000 : undefined,
    });
  }
  if (!(error instanceof HttpError)) return error;
  const passesOn = error.fault === 'unreachable' || error.fault === 'forbidden_host';
  return new ProviderError(service, passesOn ? error.fault : 'unavailable', { cause: error });
}
