import { describe, expect, it } from 'vitest';

import { DomainError } from './domain-error.ts';
import { asOfOfCursor, decodeCursor, encodeCursor, NEWEST, TimePosition } from './page-cursor.ts';

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a cursor', () => {
  it('comes back as it was given', () => {
    const position = { at: '2026-11-23T10:00:00.123Z', id: '0193577c-0000-7000-8000-000000000001' };
    expect(decodeCursor(TimePosition, encodeCursor(position))).toEqual(position);
    expect(decodeCursor(TimePosition, encodeCursor(NEWEST))).toEqual(NEWEST);
  });

  it.each([
    '',
    'nonsense',
    '\u0000',
    '%',
    encoded(null),
    encoded([]),
    encoded({}),
    encoded({ ...NEWEST, at: '9999-99-99T00:00:00Z' }),
    encoded({ ...NEWEST, at: '+275760-09-13T00:00:00.000Z' }),
    encoded({ ...NEWEST, at: '-271821-04-20T00:00:00.000Z' }),
    encoded({ ...NEWEST, at: 7 }),
    encoded({ ...NEWEST, id: "' or 1=1" }),
    encoded(NEWEST).slice(0, -4),
  ])('is refused as invalid input if it is not one: %j', (text) => {
    expect(() => decodeCursor(TimePosition, text)).toThrow(DomainError);
  });
});

describe('the moment of a ranked list', () => {
  const now = new Date('2026-11-23T10:00:00Z');

  it('may be some days old', () => {
    expect(asOfOfCursor('2026-11-20T10:00:00Z', now)).toEqual(new Date('2026-11-20T10:00:00Z'));
  });

  it.each(['0001-01-01T00:00:00Z', '2026-11-01T00:00:00Z', '9999-12-31T23:59:59Z'])(
    'is refused if it is far away: %s',
    (asOf) => {
      expect(() => asOfOfCursor(asOf, now)).toThrow(DomainError);
    },
  );
});
