import { knowledgeOf } from '../world/knowledge.ts';
import type { FinderVendor, VendorKnowledge } from '../world/knowledge.ts';
import type { World } from '../world/world.ts';
import { findPerson } from './find-person.ts';
import type { Asked, Found } from './find-person.ts';
import type { Spoil } from './vendor.ts';

export type KnownPerson = Found & { known: VendorKnowledge; trap: Spoil };

/** The person that a call is about, if this vendor knows them; `trap` says how the record is useless. */
export function knownPerson(
  world: World,
  vendor: FinderVendor,
  asked: Asked,
  spoil: Spoil,
): KnownPerson | null {
  const found = findPerson(world, asked);
  const known = found ? knowledgeOf(vendor, found.person) : null;
  return found && known?.email ? { ...found, known, trap: spoil ?? known.trap } : null;
}

/** The address as this vendor gives it away: whole, masked, or not at all. */
export function emailOf({ person, trap }: KnownPerson): string | null {
  if (trap === 'empty_id') return null;
  return trap === 'masked'
    ? `${person.email[0] ?? ''}*****@${person.email.split('@')[1] ?? ''}`
    : person.email;
}

/** The number that it sells as a mobile: now and then a desk phone, as vendors do. */
export function soldMobileOf({ person, known, trap }: KnownPerson): string | null {
  const number = known.mobile ? (person.mobile ?? person.landline) : null;
  if (number === null || trap === 'empty_id') return null;
  return trap === 'masked' ? `${number.slice(0, -4)}****` : number;
}

/** A text in a body, trimmed; null for anything else and for nothing. */
export const textIn = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : null;

/** A record in a body; empty for anything else. */
export const recordIn = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};

/** Two names of one: all but the last word are given names. */
export function splitName(fullName: string | null): { givenName: string | null; familyName: string | null } {
  const words = fullName?.split(/\s+/) ?? [];
  return { givenName: words.slice(0, -1).join(' ') || null, familyName: words.at(-1) ?? null };
}
