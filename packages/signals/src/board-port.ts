import type { SourceManifest, SourceReply, SourceRequest } from './source-port.ts';

/** Where an opening is: as the board words it, and as far as it could be read. */
export type Place = {
  text: string;
  city: string | null;
  region: string | null;
  /** ISO 3166-1 alpha-2, upper case. */
  country: string | null;
};

/** One opening of a company's job board. */
export type Opening = {
  /** The board's own id: the same opening keeps it while it is edited. */
  key: string;
  title: string;
  department: string | null;
  team: string | null;
  places: Place[];
  isRemote: boolean | null;
  /** As the board words it: `Full-time`, `FullTime`, `fulltime_permanent`. */
  employment: string | null;
  /** ISO; null where the board does not say. */
  publishedAt: string | null;
  url: string;
  /** The description as readable text, empty where the list does not carry it. */
  text: string;
  /** A "send us your CV" page, which is no opening. */
  isGeneral: boolean;
};

/** One page of a board. */
export type BoardPage = {
  /** What the board calls the company; null where it does not say. */
  company: string | null;
  /** The name of the board that its links lead to, where the company is not named; null where they do not say. */
  board?: string | null;
  openings: Opening[];
  /** Rows of the reply, before unlisted and repeated ones are put aside. */
  listed: number;
  /** How many the board says there are in all; null where it does not say. */
  total: number | null;
};

/** A job board as a snapshot source: every look reads all of it. `board` is the company's name in the board's addresses. */
export type BoardAdapter = {
  readonly manifest: SourceManifest;
  /** The request for what follows after `listedSoFar` rows. */
  request(board: string, listedSoFar: number): SourceRequest;
  /** Throws `SourceError`; a reply that is not that of a board is an outage, never an empty board. */
  parse(reply: SourceReply, board: string): BoardPage;
  /** Most rows of a reply; null for boards that send everything at once. */
  readonly pageSize: number | null;
  /** The board's page for people. */
  publicUrl(board: string): string;
};
