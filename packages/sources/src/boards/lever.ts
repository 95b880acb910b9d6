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
import { distinctPlaces, readPlaces } from './place.ts';

const Categories = z.object({
  commitment: OptionalText,
  department: OptionalText,
  team: OptionalText,
  location: OptionalText,
  allLocations: z.array(z.string()).nullish(),
});
const Posting = z.object({
  id: Key,
  text: Title,
  categories: Categories.nullish(),
  country: OptionalText,
  workplaceType: OptionalText,
  createdAt: z.number().nullish(),
  hostedUrl: OptionalText,
  descriptionPlain: OptionalText,
  description: OptionalText,
  additionalPlain: OptionalText,
  lists: z.array(z.object({ text: OptionalText, content: OptionalText })).nullish(),
});
const PAGE_SIZE = 100;

/** Lever, `api.lever.co/v0/postings/{site}`; companies in the EU are at `api.eu.lever.co` with the same contract. */
export function leverBoard(region: 'global' | 'eu'): BoardAdapter {
  const [id, host, page] =
    region === 'eu'
      ? (['board/lever-eu', 'api.eu.lever.co', 'https://jobs.eu.lever.co'] as const)
      : (['board/lever', 'api.lever.co', 'https://jobs.lever.co'] as const);
  const publicUrl = (board: string): string => `${page}/${encodeURIComponent(board)}`;
  return {
    manifest: boardManifest({
      id,
      name: region === 'eu' ? 'Lever job boards (EU)' : 'Lever job boards',
      host,
      requestsPerSecond: 5,
    }),
    pageSize: PAGE_SIZE,
    request: (board, listedSoFar) => ({
      path: `/v0/postings/${encodeURIComponent(board)}?mode=json&skip=${listedSoFar}&limit=${PAGE_SIZE}`,
    }),
    publicUrl,
    parse(reply, board) {
      const postings = readBoardReply(id, reply, z.array(Posting));
      return {
        company: null,
        board: boardInLinks(
          page,
          postings.map(({ hostedUrl }) => hostedUrl),
        ),
        openings: postings.map((posting) => openingOf(posting, publicUrl(board))),
        listed: postings.length,
        total: null,
      };
    },
  };
}

function openingOf(posting: z.output<typeof Posting>, boardUrl: string): Opening {
  const { categories } = posting;
  const named = categories?.allLocations?.length ? categories.allLocations : [categories?.location ?? ''];
  const places = named.flatMap(readPlaces);
  const [only] = places;
  // The posting's country is that of its only place.
  const known =
    places.length === 1 && only && only.country === null && posting.country !== null
      ? [{ ...only, country: posting.country.toUpperCase() }]
      : places;
  return {
    key: posting.id,
    title: posting.text,
    department: categories?.department ?? null,
    team: categories?.team ?? null,
    places: distinctPlaces(known),
    isRemote: posting.workplaceType === null ? null : /^remote$/i.test(posting.workplaceType),
    employment: categories?.commitment ?? null,
    publishedAt: instantOf(posting.createdAt),
    url: webAddress(posting.hostedUrl, boardUrl),
    text: textOf(posting),
    isGeneral: isGeneralTitle(posting.text),
  };
}

function textOf(posting: z.output<typeof Posting>): string {
  const body = posting.descriptionPlain ?? htmlToText(posting.description ?? '');
  const lists = (posting.lists ?? []).flatMap(({ text, content }) => [text ?? '', htmlToText(content ?? '')]);
  return [body, ...lists, posting.additionalPlain ?? ''].filter((part) => part !== '').join('\n');
}
