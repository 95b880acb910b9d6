import type { Clock } from '@penstock/kernel/clock';

/** Something that happens at a company, as every vendor of news comes to know it. */
export type Happening =
  | { what: 'opening'; title: string; city?: string | undefined; country?: string | undefined }
  | { what: 'technology'; name: string }
  | { what: 'news'; category: string; attributes?: Record<string, unknown> | undefined };
export type Happened = Happening & { id: number; domain: string; at: Date };

export type HappeningBook = {
  tell(domain: string, happening: Happening): void;
  /** Of one kind at a company, seen at or after a moment, oldest first. */
  since<What extends Happening['what']>(
    domain: string,
    what: What,
    from: Date,
  ): Extract<Happened, { what: What }>[];
  clear(): void;
};

export function createHappeningBook(clock: Clock): HappeningBook {
  let happened: Happened[] = [];
  let last = 0;
  return {
    tell(domain, happening) {
      last += 1;
      happened.push({ ...happening, id: last, domain, at: clock.now() });
    },
    since: <What extends Happening['what']>(domain: string, what: What, from: Date) =>
      happened.filter(
        (one): one is Extract<Happened, { what: What }> =>
          one.domain === domain && one.what === what && one.at >= from,
      ),
    clear() {
      happened = [];
      last = 0;
    },
  };
}
