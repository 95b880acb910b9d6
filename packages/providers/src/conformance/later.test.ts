import { createHmac } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { adapterNamed } from './ask-simulator.ts';
import { contact, cognismCases } from './cognism-cases.ts';
import { fullAda, fullResult, laterMisses } from './later-cases.ts';
import { ada, ADA_EMAIL, ADA_MOBILE, DESK_PHONE } from './people.ts';

const one = [{ ref: 'r1', known: ada }];
const ticket = '77';

it.each(laterMisses)(
  '%s %s tells %#: a miss, and what it cost',
  (provider, capability, reply, reason, credits) => {
    const state = adapterNamed(provider).later?.poll?.parse(capability, reply, one, ticket);
    expect(state).toEqual({
      state: 'done',
      answers: [{ ref: 'r1', answer: { outcome: 'miss', reason, vendorCredits: credits } }],
    });
  },
);

describe('callbacks', () => {
  const sign = (hash: string, encoding: 'hex' | 'base64', body: string, secret: string) =>
    createHmac(hash, secret).update(body).digest(encoding);

  it('of RocketReach and FullEnrich are believed with the right signature over the raw body only', () => {
    const body = '{"id": 77,"status":"complete"}';
    const cases = [
      ['rocketreach', 'x-rocketreach-signature', sign('sha256', 'base64', body, 'secret')],
      ['fullenrich', 'x-signature-sha1', sign('sha1', 'hex', body, 'secret')],
    ] as const;
    for (const [provider, header, signature] of cases) {
      const callback = adapterNamed(provider).later?.callback;
      expect(callback?.authentication).toBe('hmac');
      const verify = (headers: Record<string, string>, text: string, secret: string) =>
        callback?.verify({ headers, body: text }, secret);
      expect(verify({ [header]: signature }, body, 'secret')).toBe(true);
      expect(verify({ [header]: signature }, body.replace(' ', ''), 'secret')).toBe(false);
      expect(verify({ [header]: signature }, body, 'other')).toBe(false);
      expect(verify({ [header]: signature.slice(2) }, body, 'secret')).toBe(false);
      expect(verify({}, body, 'secret')).toBe(false);
      expect(verify({ [header]: sign('sha256', 'base64', body, '') }, body, '')).toBe(false);
    }
  });

  it('say which submission they answer, and hold the answer', () => {
    const callback = adapterNamed('fullenrich').later?.callback;
    const message = { headers: {}, body: fullResult('IN_PROGRESS', [fullAda]).body };
    expect(callback?.ticketOf(message)).toBe('e1');
    expect(callback?.ticketOf({ headers: {}, body: 'nonsense' })).toBeNull();
    expect(callback?.parse('contact-email', message, one)).toMatchObject({
      state: 'waiting',
      sofar: [{ ref: 'r1', answer: { outcome: 'hit' } }],
    });
  });

  it('of Apollo, unsigned, name a request by an id that no JSON number holds', () => {
    const callback = adapterNamed('apollo').later?.callback;
    const people = [
      { id: 'a', emails: [ADA_EMAIL], phone_numbers: [{ sanitized_number: ADA_MOBILE, type_cd: 'mobile' }] },
    ];
    const body = `{"request_id":-5625285838247958123,"credits_consumed":8,"people":${JSON.stringify(people)}}`;
    expect(callback?.authentication).toBe('secret_url');
    expect(callback?.ticketOf({ headers: {}, body })).toBe('-5625285838247958123');
    expect(callback?.parse('people-waterfall', { headers: {}, body }, one)).toMatchObject({
      state: 'done',
      answers: [{ ref: 'r1', answer: { outcome: 'hit', vendorCredits: 8 } }],
    });
  });
});

describe('cognism contact, looked at and then paid', () => {
  const { reveal } = adapterNamed('cognism');
  const { capability, asked, vendorRef } = cognismCases;
  const records = [{ ref: 'r1', known: asked, vendorRef }];

  it('says for nothing what there is', () => {
    expect(reveal?.parsePreview(capability, cognismCases.seen, asked)).toEqual({
      outcome: 'seen',
      vendorRef,
      has: cognismCases.has,
    });
  });

  it.each(Object.entries(cognismCases.unseen))('treats %s as a miss', (_name, reply) => {
    expect(reveal?.parsePreview(capability, reply, asked)).toMatchObject({ outcome: 'miss' });
  });

  it('reveals values, without the number that nobody may call', () => {
    const [revealed] = reveal?.parseRedeemed(capability, cognismCases.redeemed, records) ?? [];
    expect(revealed).toMatchObject({ ref: 'r1', answer: { outcome: 'hit', vendorCredits: 1 } });
    const values =
      revealed?.answer.outcome === 'hit' ? revealed.answer.reported.map(({ value }) => value) : [];
    expect(values).toEqual(expect.arrayContaining([ADA_EMAIL, DESK_PHONE, '240', 'Textiles', 'git']));
    expect(values).not.toContain(contact.mobilePhoneNumbers[0]?.number);
  });

  it('does not give one contact’s values to another', () => {
    const others = [{ ref: 'r1', known: asked, vendorRef: 'xyz' }];
    expect(reveal?.parseRedeemed(capability, cognismCases.redeemed, others)).toMatchObject([
      { ref: 'r1', answer: { outcome: 'miss' } },
    ]);
  });

  it.each(Object.entries(cognismCases.faults))('tells %s apart', (_name, { reply, fault }) => {
    expect(() => reveal?.parsePreview(capability, reply, asked)).toThrow(
      expect.objectContaining({ provider: 'cognism', fault }),
    );
    expect(() => reveal?.parseRedeemed(capability, reply, records)).toThrow(
      expect.objectContaining({ provider: 'cognism', fault }),
    );
  });
});
