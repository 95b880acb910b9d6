import type { BoardAdapter, Opening } from '@penstock/signals/board-port';
import { z } from 'zod';

import { boardManifest } from './board-manifest.ts';
import { instantOf, Key, OptionalText, readBoardReply, Title } from './board-reply.ts';
import { isGeneralTitle } from './greenhouse.ts';
import { distinctPlaces, placeOf } from './place.ts';

const Label = z.object({ label: OptionalText }).nullish();
const Posting = z.object({
  id: Key,
  name: Title,
  company: z.object({ identifier: OptionalText, name: OptionalText }).nullish(),
  releasedDate: OptionalText,
  location: z
    .object({
      city: OptionalText,
      region: OptionalText,
      country: OptionalText,
      remote: z.boolean().nullish(),
      fullLocation: OptionalText,
    })
    .nullish(),
  department: Label,
  function: Label,
  typeOfEmployment: Label,
  visibility: OptionalText,
});
const Reply = z.object({
  offset: z.int().nonnegative(),
  totalFound: z.int().nonnegative(),
  content: z.array(Posting),
});
const PAGE_SIZE = 100;

/** SmartRecruiters, `api.smartrecruiters.com/v1/companies/{id}/postings`: pages of 100. The list carries no descriptions. */
export const smartRecruiters: BoardAdapter = {
  manifest: boardManifest({
    id: 'board/smartrecruiters',
    name: 'SmartRecruiters job boards',
    host: 'api.smartrecruiters.com',
    requestsPerSecond: 5,
  }),
  pageSize: PAGE_SIZE,
  request: (board, listedSoFar) => ({
    path: `/v1/companies/${encodeURIComponent(board)}/postings?limit=${PAGE_SIZE}&offset=${listedSoFar}`,
  }),
  publicUrl: (board) => `https://careers.smartrecruiters.com/${encodeURIComponent(board)}`,
  parse(reply, board) {
    const { content, totalFound } = readBoardReply('board/smartrecruiters', reply, Reply);
    const shown = content.filter(
      (posting) => posting.visibility === null || /^public$/i.test(posting.visibility),
    );
    return {
      company: content.find((posting) => posting.company?.name)?.company?.name ?? null,
      openings: shown.map((posting) => openingOf(posting, board)),
      listed: content.length,
      total: totalFound,
    };
  },
};

function openingOf(posting: z.output<typeof Posting>, board: string): Opening {
  const { location } = posting;
  const identifier = posting.company?.identifier ?? board;
  return {
    key: posting.id,
    title: posting.name,
    department: posting.department?.label ?? posting.function?.label ?? null,
    team: posting.department?.label ? (posting.function?.label ?? null) : null,
    places: location ? distinctPlaces([placeOf({ ...location, text: location.fullLocation })]) : [],
    isRemote: location?.remote ?? null,
    employment: posting.typeOfEmployment?.label ?? null,
    publishedAt: instantOf(posting.releasedDate),
    url: `https://jobs.smartrecruiters.com/${encodeURIComponent(identifier)}/${encodeURIComponent(posting.id)}`,
    text: '',
    isGeneral: isGeneralTitle(posting.name),
  };
}
