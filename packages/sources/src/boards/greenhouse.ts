import type { BoardAdapter, Opening } from '@penstock/signals/board-port';
import { z } from 'zod';

import { escapedHtmlToText, plainLine } from '../html-text.ts';
import { boardManifest } from './board-manifest.ts';
import { instantOf, Key, OptionalText, readBoardReply, Title, webAddress } from './board-reply.ts';
import { distinctPlaces, readPlaces } from './place.ts';

const Named = z.object({ name: OptionalText });
const Office = z.object({ name: OptionalText, location: OptionalText });
const Job = z.object({
  id: Key,
  title: Title,
  absolute_url: OptionalText,
  location: z.object({ name: OptionalText }).nullish(),
  departments: z.array(Named).nullish(),
  offices: z.array(Office).nullish(),
  first_published: OptionalText,
  company_name: OptionalText,
  content: OptionalText,
  // Null for a "prospect post", by which people apply without an opening.
  internal_job_id: z.union([z.number(), z.string()]).nullish(),
});
const Reply = z.object({
  jobs: z.array(Job),
  meta: z.object({ total: z.int().nonnegative() }).nullish(),
});

/** Greenhouse, `boards-api.greenhouse.io/v1/boards/{token}/jobs`: everything at once, descriptions escaped. */
export const greenhouse: BoardAdapter = {
  manifest: boardManifest({
    id: 'board/greenhouse',
    name: 'Greenhouse job boards',
    host: 'boards-api.greenhouse.io',
    requestsPerSecond: 5,
  }),
  pageSize: null,
  request: (board) => ({ path: `/v1/boards/${encodeURIComponent(board)}/jobs?content=true` }),
  publicUrl: (board) => `https://job-boards.greenhouse.io/${encodeURIComponent(board)}`,
  parse(reply, board) {
    const { jobs, meta } = readBoardReply('board/greenhouse', reply, Reply);
    return {
      company: jobs.find((job) => job.company_name !== null)?.company_name ?? null,
      openings: jobs.map((job) => openingOf(job, board)),
      listed: jobs.length,
      total: meta?.total ?? null,
    };
  },
};

function openingOf(job: z.output<typeof Job>, board: string): Opening {
  const located = readPlaces(job.location?.name);
  const offices = (job.offices ?? []).flatMap((office) => readPlaces(office.location));
  // An office tells the country where the opening's own line names the town alone.
  const places = located.some((place) => place.country !== null) ? located : [...located, ...offices];
  return {
    key: job.id,
    title: job.title,
    department:
      (job.departments ?? [])
        .map(({ name }) => name)
        .find((name) => name !== null && name !== 'No Department') ?? null,
    team: null,
    places: distinctPlaces(places),
    isRemote: /\bremote\b/i.test(job.location?.name ?? '') ? true : null,
    employment: null,
    publishedAt: instantOf(job.first_published),
    url: webAddress(job.absolute_url, greenhouse.publicUrl(board)),
    text: job.content === null ? '' : escapedHtmlToText(job.content),
    isGeneral: job.internal_job_id === null || isGeneralTitle(job.title),
  };
}

/** Titles under which boards collect applications without an opening. */
export function isGeneralTitle(title: string): boolean {
  return /^(general|open|speculative|spontaneous|unsolicited|initiative?) (application|interest)s?\b|^(join|connect with) (our )?talent (community|network|pool)|^initiativbewerbung|don.t see (a|the|your) .*(role|job|fit)/i.test(
    plainLine(title),
  );
}
