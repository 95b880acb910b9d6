import type { BoardAdapter, Opening } from '@penstock/signals/board-port';
import { z } from 'zod';

import { htmlToText } from '../html-text.ts';
import { boardManifest } from './board-manifest.ts';
import { instantOf, Key, OptionalText, readBoardReply, Title, webAddress } from './board-reply.ts';
import { isGeneralTitle } from './greenhouse.ts';
import { distinctPlaces, placeOf } from './place.ts';

const Location = z.object({
  city: OptionalText,
  region: OptionalText,
  country: OptionalText,
  countryCode: OptionalText,
  hidden: z.boolean().nullish(),
});
const Job = z.object({
  title: Title,
  shortcode: Key,
  telecommuting: z.boolean().nullish(),
  department: OptionalText,
  employment_type: OptionalText,
  url: OptionalText,
  published_on: OptionalText,
  created_at: OptionalText,
  country: OptionalText,
  city: OptionalText,
  state: OptionalText,
  locations: z.array(Location).nullish(),
  description: OptionalText,
});
const Reply = z.object({ name: OptionalText, jobs: z.array(Job) });

/** Workable, `apply.workable.com/api/v1/widget/accounts/{account}`: everything at once, a row for each place of an opening. */
export const workable: BoardAdapter = {
  manifest: boardManifest({
    id: 'board/workable',
    name: 'Workable job boards',
    host: 'apply.workable.com',
    requestsPerSecond: 1,
  }),
  pageSize: null,
  request: (board) => ({ path: `/api/v1/widget/accounts/${encodeURIComponent(board)}?details=true` }),
  publicUrl: (board) => `https://apply.workable.com/${encodeURIComponent(board)}`,
  parse(reply, board) {
    const { name, jobs } = readBoardReply('board/workable', reply, Reply);
    return { company: name, openings: joined(jobs, board), listed: jobs.length, total: null };
  },
};

/** Rows of one opening joined, with all their places. */
function joined(jobs: readonly z.output<typeof Job>[], board: string): Opening[] {
  const byKey = new Map<string, Opening>();
  for (const job of jobs) {
    const opening = openingOf(job, board);
    const known = byKey.get(opening.key);
    if (known) known.places = distinctPlaces([...known.places, ...opening.places]);
    else byKey.set(opening.key, opening);
  }
  return [...byKey.values()];
}

function openingOf(job: z.output<typeof Job>, board: string): Opening {
  const own = placeOf({ city: job.city, region: job.state, country: job.country });
  const listed = (job.locations ?? [])
    .filter((location) => location.hidden !== true)
    .map((location) => ({
      ...placeOf(location),
      country: location.countryCode?.toUpperCase() ?? placeOf(location).country,
    }));
  return {
    key: job.shortcode,
    title: job.title,
    department: job.department,
    team: null,
    places: distinctPlaces(listed.length > 0 ? listed : [own]),
    isRemote: job.telecommuting ?? null,
    employment: job.employment_type,
    publishedAt: instantOf(job.published_on ?? job.created_at),
    url: webAddress(job.url, workable.publicUrl(board)),
    text: htmlToText(job.description ?? ''),
    isGeneral: isGeneralTitle(job.title),
  };
}
