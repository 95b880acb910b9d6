import type { World } from '../world/world.ts';
import { apolloSimulator } from './apollo.ts';
import { builtWithSimulator } from './builtwith.ts';
import { cognismSimulator } from './cognism.ts';
import { dropcontactSimulator } from './dropcontact.ts';
import { findymailSimulator } from './findymail.ts';
import { fullEnrichSimulator } from './fullenrich.ts';
import type { HappeningBook } from './happenings.ts';
import { hunterSimulator } from './hunter.ts';
import { leadMagicSimulator } from './leadmagic.ts';
import { lushaSimulator } from './lusha.ts';
import { millionVerifierSimulator } from './millionverifier.ts';
import { neverBounceSimulator } from './neverbounce.ts';
import { peopleDataLabsSimulator } from './people-data-labs.ts';
import { predictLeadsSimulator } from './predictleads.ts';
import { prospeoSimulator } from './prospeo.ts';
import { rocketReachSimulator } from './rocketreach.ts';
import { snovSimulator } from './snov.ts';
import { theirStackSimulator } from './theirstack.ts';
import { twilioLookupSimulator } from './twilio-lookup.ts';
import type { MoveBook } from './move-book.ts';
import type { VendorSimulator } from './vendor.ts';
import { zeroBounceSimulator } from './zerobounce.ts';

const SIMULATORS = [
  peopleDataLabsSimulator,
  leadMagicSimulator,
  zeroBounceSimulator,
  hunterSimulator,
  apolloSimulator,
  prospeoSimulator,
  findymailSimulator,
  neverBounceSimulator,
  millionVerifierSimulator,
  twilioLookupSimulator,
  cognismSimulator,
  dropcontactSimulator,
  fullEnrichSimulator,
  rocketReachSimulator,
  snovSimulator,
];

const OF_NEWS = [theirStackSimulator, predictLeadsSimulator, builtWithSimulator, lushaSimulator];

/** Every vendor that the sandbox plays. */
export function vendorSimulators(
  world: World,
  books: { moves: MoveBook; happenings: HappeningBook },
): VendorSimulator[] {
  return [
    ...SIMULATORS.map((simulator) => simulator(world, books.moves)),
    ...OF_NEWS.map((simulator) => simulator(world, books.happenings)),
  ];
}
