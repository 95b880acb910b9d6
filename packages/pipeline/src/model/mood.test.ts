import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { LEAST_CONFIDENCE, moodOf } from './mood.ts';

const claimed = (sentence: string): 'good' | 'bad' | null => {
  const read = moodOf(sentence);
  return read === null || read.confidence < LEAST_CONFIDENCE ? null : read.mood < 0 ? 'bad' : 'good';
};

describe('what customers say', () => {
  it.each([
    'Honestly, we are not happy with how the rollout went.',
    'The support has been terrible, nobody answers our tickets.',
    'I am really frustrated that this keeps breaking every week.',
    'We are thinking of cancelling the contract at the end of the quarter.',
    'It’s been a nightmare, and my team is fed up.',
    'The onboarding was great, but the last two months have been awful.',
    'I have to say that I am very disappointed with the quality.',
    'This is unacceptable, we lost a customer because of it.',
    'Your integration doesn’t work and it is a waste of time.',
    'We are losing patience with the delays.',
  ])('is bad: %s', (sentence) => {
    expect(claimed(sentence)).toBe('bad');
  });

  it.each([
    'We are really happy with the results so far.',
    'The team loves it, it is exactly what we needed.',
    'That was an excellent demo, I am impressed.',
    'It had a rough start, but now it works really well and everybody loves it.',
    'This is fantastic, it makes our lives easier.',
  ])('is good: %s', (sentence) => {
    expect(claimed(sentence)).toBe('good');
  });

  it.each([
    'Can you hear me now?',
    'We have four hundred people in three offices.',
    'No problem, I can send that over tomorrow.',
    'There are no issues at all from our side.',
    'What happens if the import fails terribly?',
    'If we were unhappy, we would tell you.',
    'Would it be terrible to move the call to Friday?',
    'We want to cut the time that reps spend on research.',
    'The hard part is that legal has to agree to the security terms.',
    'Please share the deck and we will discuss the risk with finance.',
    'We had to fire up the old system to get the numbers.',
    'Our biggest challenge is data quality.',
    'Our old vendor was terrible.',
    'Sorry I am late, the traffic was awful.',
    'We had a bad quarter and had to lay off people.',
    'I am afraid I have to drop off at half past.',
    'Good morning everyone, happy Monday.',
    'We are not unhappy with it.',
    'Sales reps waste two hours a day on research.',
    'Okay.',
    '',
  ])('is nothing to claim: %s', (sentence) => {
    expect(claimed(sentence)).toBeNull();
  });

  it('is turned round by a word of no, near or far', () => {
    expect(claimed('I can’t say that I love it.')).not.toBe('good');
    expect(claimed('The pricing is not bad at all.')).not.toBe('bad');
  });

  it('is worse the louder it is said, and milder when it is turned round', () => {
    const mood = (sentence: string) => moodOf(sentence)?.mood ?? 0;
    expect(mood('We are very disappointed with the result.')).toBeLessThan(
      mood('We are disappointed with the result.'),
    );
    expect(mood('It was never a disaster for us.')).toBeGreaterThan(0);
  });
});

describe('whatever is said', () => {
  const word = fc.constantFrom(
    ...'we are the team not very terrible awful great happy but disappointed system with it is never and a slow love hate invoice it’s'.split(
      ' ',
    ),
  );
  const sentences = fc.array(word, { maxLength: 30 }).map((words) => words.join(' '));

  it('stays within its bounds, and is read the same again', () => {
    fc.assert(
      fc.property(fc.oneof(sentences, fc.string({ maxLength: 300 })), (sentence) => {
        const read = moodOf(sentence);
        expect(moodOf(sentence)).toEqual(read);
        if (read === null) return;
        expect(Math.abs(read.mood)).toBeLessThanOrEqual(1);
        expect(read.confidence).toBeGreaterThanOrEqual(0);
        expect(read.confidence).toBeLessThanOrEqual(Math.abs(read.mood) + 0.005);
      }),
    );
  });

  it('does not depend on capitals, kinds of apostrophe or spaces around', () => {
    fc.assert(
      fc.property(sentences, (sentence) => {
        const other = `  ${sentence.toUpperCase().replaceAll('’', "'")}  `;
        expect(moodOf(other)).toEqual(moodOf(sentence));
      }),
    );
  });

  it('is never worse for a word of praise beside, without a "not" or a "but"', () => {
    const plain = sentences.filter((sentence) => !/\b(?:not|never|but)\b/.test(sentence));
    fc.assert(
      fc.property(plain, (sentence) => {
        const before = moodOf(`the ${sentence}`);
        const after = moodOf(`the ${sentence} and the excellent`);
        if (before !== null && after !== null) expect(after.mood).toBeGreaterThanOrEqual(before.mood);
      }),
    );
  });
});

describe('in other languages', () => {
  it.each([
    'Das ist wirklich schrecklich und wir sind sehr enttäuscht.',
    'Wir sind nicht zufrieden mit der Einführung.',
    'Die Schnittstelle funktioniert immer noch nicht und das ist uns zu teuer.',
    'Es war am Anfang toll, aber die letzten Monate sind eine Katastrophe.',
    'C’est une catastrophe, nous sommes très déçus du service.',
    'Nous ne sommes pas satisfaits de la mise en place.',
    'Le support ne fonctionne pas et c’est une perte de temps.',
    'No estamos contentos con el soporte de los últimos meses.',
    'El servicio es pésimo y estamos muy decepcionados.',
    'We zijn niet tevreden met de invoering van het systeem.',
    'De koppeling werkt nog steeds niet en dat is heel frustrerend.',
  ])('is bad: %s', (sentence) => {
    expect(claimed(sentence)).toBe('bad');
  });

  it.each([
    'Wir sind mit den Ergebnissen sehr zufrieden.',
    'Das ist genau das, was wir brauchen, und das Team ist begeistert.',
    'Nous sommes vraiment ravis des résultats.',
    'La solution marche très bien et l’équipe est très satisfaite.',
    'Estamos muy contentos con los resultados.',
    'Es exactamente lo que necesitamos y funciona muy bien.',
    'We zijn heel enthousiast over de resultaten.',
    'Het is precies wat we nodig hebben en het werkt heel goed.',
  ])('is good: %s', (sentence) => {
    expect(claimed(sentence)).toBe('good');
  });

  it.each([
    'Was passiert, wenn der Import schrecklich langsam ist?',
    'Wenn wir unzufrieden wären, würden wir es sagen.',
    'Unser alter Anbieter war eine Katastrophe.',
    'Das ist nicht schlecht.',
    'Wir haben vierhundert Leute in drei Büros.',
    'Es tut mir leid, der Stau war furchtbar.',
    'Si nous étions déçus, nous vous le dirions.',
    'Notre ancien fournisseur était une catastrophe.',
    'Ce n’est pas mal du tout pour un début.',
    '¿Qué pasa si la importación es un desastre?',
    'El proveedor anterior era un desastre.',
    'Onze vorige leverancier was een ramp.',
    'Als we ontevreden waren, zouden we het zeggen.',
    'Det er en katastrofe, vi er meget skuffede.',
    'Ok, super, merci.',
  ])('says nothing: %s', (sentence) => {
    expect(claimed(sentence)).toBeNull();
  });
});
