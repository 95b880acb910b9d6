import type { BoardAdapter, Opening } from '@penstock/signals/board-port';
import { z } from 'zod';

import { htmlToText } from '../html-text.ts';
import { boardManifest } from './board-manifest.ts';
import { instantOf, Key, OptionalText, readBoardReply, Title, webAddress } from './board-reply.ts';
import { isGeneralTitle } from './greenhouse.ts';
import { distinctPlaces, placeOf } from './place.ts';

const Location = z.object({
  name: OptionalText,
  city: OptionalText,
  state: OptionalText,
  country: OptionalText,
  country_code: OptionalText,
});
const Offer = z.object({
  id: Key,
  title: Title,
  department: OptionalText,
  employment_type_code: OptionalText,
  status: OptionalText,
  published_at: OptionalText,
  created_at: OptionalText,
  careers_url: OptionalText,
  company_name: OptionalText,
  city: OptionalText,
  state_name: OptionalText,
  country: OptionalText,
  country_code: OptionalText,
  locations: z.array(Location).nullish(),
  remote: z.boolean().nullish(),
  description: OptionalText,
  requirements: OptionalText,
});
const Reply = z.object({ offers: z.array(Offer) });

/** Recruitee, `{company}.recruitee.com/api/offers/`: everything at once. Each company has a host of its own. */
export const recruitee: BoardAdapter = {
  manifest: boardManifest({
    id: 'board/recruitee',
    name: 'Recruitee job boards',
    host: '{board}.recruitee.com',
    requestsPerSecond: 2,
  }),
  pageSize: null,
  request: () => ({ path: '/api/offers/' }),
  publicUrl: (board) => `https://${encodeURIComponent(board)}.recruitee.com`,
  parse(reply, board) {
    const { offers } = readBoardReply('board/recruitee', reply, Reply);
    const shown = offers.filter((offer) => offer.status === null || offer.status === 'published');
    return {
      company: offers.find((offer) => offer.company_name !== null)?.company_name ?? null,
      openings: shown.map((offer) => openingOf(offer, board)),
      listed: offers.length,
      total: null,
    };
  },
};

function openingOf(offer: z.output<typeof Offer>, board: string): Opening {
  const locations = (offer.locations ?? []).map((location) =>
    placeOf({
      city: location.city,
      region: location.state,
      country: location.country_code ?? location.country,
      text: textOf(location),
    }),
  );
  const own = placeOf({
    city: offer.city,
    region: offer.state_name,
    country: offer.country_code ?? offer.country,
  });
  return {
    key: offer.id,
    title: offer.title,
    department: offer.department,
    team: null,
    places: distinctPlaces(locations.length > 0 ? locations : [own]),
    isRemote: offer.remote ?? null,
    employment: offer.employment_type_code,
    publishedAt: instantOf(offer.published_at ?? offer.created_at),
    url: webAddress(offer.careers_url, recruitee.publicUrl(board)),
    text: [offer.description, offer.requirements]
      .map((html) => htmlToText(html ?? ''))
      .join('\n')
      .trim(),
    isGeneral: isGeneralTitle(offer.title),
  };
}

const textOf = (location: z.output<typeof Location>): string =>
  [location.city ?? location.name, location.country].filter((part) => part !== null).join(', ');
