import type { BoardAdapter, Opening } from '@penstock/signals/board-port';
import { z } from 'zod';

import { htmlToText } from '../html-text.ts';
import { boardManifest } from './board-manifest.ts';
import {
  boardInLinks,
  instantOf,
  Key,
  OptionalText,
  readBoardReply,
  Title,
  webAddress,
} from './board-reply.ts';
import { isGeneralTitle } from './greenhouse.ts';
import { distinctPlaces, placeOf, readPlace } from './place.ts';

const Address = z.object({
  postalAddress: z
    .object({ addressLocality: OptionalText, addressRegion: OptionalText, addressCountry: OptionalText })
    .nullish(),
});
const Job = z.object({
  id: Key,
  title: Title,
  department: OptionalText,
  team: OptionalText,
  employmentType: OptionalText,
  location: OptionalText,
  secondaryLocations: z.array(z.object({ location: OptionalText, address: Address.nullish() })).nullish(),
  address: Address.nullish(),
  publishedAt: OptionalText,
  isListed: z.boolean().nullish(),
  isRemote: z.boolean().nullish(),
  workplaceType: OptionalText,
  jobUrl: OptionalText,
  descriptionPlain: OptionalText,
  descriptionHtml: OptionalText,
});
const Reply = z.object({ jobs: z.array(Job) });

/** Ashby, `api.ashbyhq.com/posting-api/job-board/{board}`: everything at once; openings that are not listed are for those with the link. */
export const ashby: BoardAdapter = {
  manifest: boardManifest({
    id: 'board/ashby',
    name: 'Ashby job boards',
    host: 'api.ashbyhq.com',
    requestsPerSecond: 5,
  }),
  pageSize: null,
  request: (board) => ({
    path: `/posting-api/job-board/${encodeURIComponent(board)}?includeCompensation=true`,
  }),
  publicUrl: (board) => `https://jobs.ashbyhq.com/${encodeURIComponent(board)}`,
  parse(reply, board) {
    const { jobs } = readBoardReply('board/ashby', reply, Reply);
    return {
      company: null,
      board: boardInLinks(
        'https://jobs.ashbyhq.com',
        jobs.map(({ jobUrl }) => jobUrl),
      ),
      openings: jobs.filter((job) => job.isListed !== false).map((job) => openingOf(job, board)),
      listed: jobs.length,
      total: null,
    };
  },
};

function openingOf(job: z.output<typeof Job>, board: string): Opening {
  const places = [
    placeAt(job.location, job.address),
    ...(job.secondaryLocations ?? []).map((second) => placeAt(second.location, second.address)),
  ];
  return {
    key: job.id,
    title: job.title,
    department: job.department,
    team: job.team,
    places: distinctPlaces(places),
    isRemote: job.isRemote ?? (job.workplaceType === null ? null : /^remote$/i.test(job.workplaceType)),
    employment: job.employmentType,
    publishedAt: instantOf(job.publishedAt),
    url: webAddress(job.jobUrl, ashby.publicUrl(board)),
    text: job.descriptionPlain ?? htmlToText(job.descriptionHtml ?? ''),
    isGeneral: isGeneralTitle(job.title),
  };
}

/** The address is the better reading; the line of text stands in where it names no country (`European Union` is none). */
function placeAt(text: string | null, address: z.output<typeof Address> | null | undefined) {
  const postal = address?.postalAddress;
  const addressed = placeOf({
    city: postal?.addressLocality,
    region: postal?.addressRegion,
    country: postal?.addressCountry,
    text,
  });
  if (addressed.country !== null || text === null) return addressed;
  return readPlace(text);
}
