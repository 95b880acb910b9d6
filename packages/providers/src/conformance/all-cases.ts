import { builtWithCases, lushaCases, predictLeadsCases, theirStackCases } from './watch-cases.ts';
import { apolloBatchCases, apolloMatchCases, apolloWaterfallCases } from './apollo-cases.ts';
import type { BatchCases, LaterCases, RevealCases, VendorCases } from './cases.ts';
import { cognismCases } from './cognism-cases.ts';
import { companyCases } from './company-cases.ts';
import { findymailNameCases, findymailPhoneCases } from './findymail-cases.ts';
import { hunterFinderCases, hunterVerifierCases } from './hunter-cases.ts';
import { jobChangeCases, personJobCases } from './job-cases.ts';
import { emailFinderCases, mobileFinderCases } from './leadmagic-cases.ts';
import {
  dropcontactCases,
  fullEnrichCases,
  rocketReachCases,
  snovFindCases,
  snovVerifyCases,
} from './later-cases.ts';
import { peopleDataLabsBatchCases, peopleDataLabsCases } from './people-data-labs-cases.ts';
import { prospeoBatchCases, prospeoMobileCases, prospeoPersonCases } from './prospeo-cases.ts';
import { twilioLookupCases } from './twilio-lookup-cases.ts';
import { findymailVerifyCases, millionVerifierCases, neverBounceCases } from './verifier-cases.ts';
import { zeroBounceCases } from './zerobounce-cases.ts';

/** Every vendor's wire forms; an adapter without any fails the suite. */
export const syncCases: readonly VendorCases[] = [
  peopleDataLabsCases,
  emailFinderCases,
  mobileFinderCases,
  zeroBounceCases,
  apolloMatchCases,
  findymailNameCases,
  findymailPhoneCases,
  findymailVerifyCases,
  hunterFinderCases,
  hunterVerifierCases,
  millionVerifierCases,
  neverBounceCases,
  prospeoPersonCases,
  prospeoMobileCases,
  twilioLookupCases,
  personJobCases,
  jobChangeCases,
  ...theirStackCases,
  ...predictLeadsCases,
  ...builtWithCases,
  ...lushaCases,
  ...companyCases,
];

export const batchCases: readonly BatchCases[] = [
  apolloBatchCases,
  peopleDataLabsBatchCases,
  prospeoBatchCases,
];

export const laterCases: readonly LaterCases[] = [
  apolloWaterfallCases,
  dropcontactCases,
  rocketReachCases,
  snovFindCases,
  snovVerifyCases,
  fullEnrichCases,
];

export const revealCases: readonly RevealCases[] = [cognismCases];
