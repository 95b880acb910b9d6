import { DomainError } from '@penstock/kernel/domain-error';
import { z } from 'zod';

import type { DescribedSettings } from '../source-port.ts';

export const DescribedSecret = z
  .string()
  .trim()
  .min(1)
  .max(4_000)
  .regex(/^[\x21-\x7e]+$/, 'holds spaces or characters that no key has')
  .nullable();

/**
 * The key that goes with a description: the one that is typed in, else the stored one, which goes to the host it was given for alone.
 * @throws DomainError `invalid` where one is missing, or none belongs
 */
export function secretFor(
  settings: DescribedSettings,
  typed: string | null,
  stored: { settings: DescribedSettings; secretSealed: string } | null,
): { typed: string | null; sealed: string } {
  if (settings.secret === null) {
    if (typed === null) return { typed: null, sealed: '' };
    throw new DomainError('invalid', 'secret: say where in the request the key belongs.');
  }
  if (typed !== null) return { typed, sealed: '' };
  if (stored === null || stored.secretSealed === '')
    throw new DomainError('invalid', 'secret: the key is missing. Type it in, or say that none is needed.');
  if (new URL(stored.settings.url).host !== new URL(settings.url).host)
    throw new DomainError(
      'invalid',
      'secret: the key that is stored was given for another host. Type in the one for this.',
    );
  return { typed: null, sealed: stored.secretSealed };
}
