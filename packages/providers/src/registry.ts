import type { ProviderAdapter } from '@penstock/enrichment/provider-port';

import { apollo } from './apollo/adapter.ts';
import { builtWith } from './builtwith/adapter.ts';
import { cognism } from './cognism/adapter.ts';
import { dropcontact } from './dropcontact/adapter.ts';
import { companySite } from './company-site/adapter.ts';
import { emailCheck } from './email-check/adapter.ts';
import { findymail } from './findymail/adapter.ts';
import { describedAdapter } from './generic-http/adapter.ts';
import { fullEnrich } from './fullenrich/adapter.ts';
import { hunter } from './hunter/adapter.ts';
import { leadMagic } from './leadmagic/adapter.ts';
import { lusha } from './lusha/adapter.ts';
import { millionVerifier } from './millionverifier/adapter.ts';
import { neverBounce } from './neverbounce/adapter.ts';
import { peopleDataLabs } from './people-data-labs/adapter.ts';
import { predictLeads } from './predictleads/adapter.ts';
import { prospeo } from './prospeo/adapter.ts';
import { rocketReach } from './rocketreach/adapter.ts';
import { snov } from './snov/adapter.ts';
import { theirStack } from './theirstack/adapter.ts';
import { twilioLookup } from './twilio-lookup/adapter.ts';
import { zeroBounce } from './zerobounce/adapter.ts';

const ADAPTERS: readonly ProviderAdapter[] = [
  peopleDataLabs,
  leadMagic,
  zeroBounce,
  apollo,
  findymail,
  hunter,
  millionVerifier,
  neverBounce,
  prospeo,
  twilioLookup,
  companySite,
  emailCheck,
  cognism,
  dropcontact,
  fullEnrich,
  rocketReach,
  snov,
  theirStack,
  predictLeads,
  builtWith,
  lusha,
];

/** Every vendor that the product can ask, by the id of its manifest. */
export const providerAdapters: ReadonlyMap<string, ProviderAdapter> = new Map(
  ADAPTERS.map((adapter) => [adapter.manifest.id, adapter]),
);

/** The same, with the way in which a workspace's own descriptions become vendors. */
export const providerCatalogue = { adapters: providerAdapters, describe: describedAdapter };
