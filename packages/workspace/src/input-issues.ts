import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** As the library words what a shape has no words of its own for. */
const NOT_OURS = /^(Invalid |Too |Unrecognized )/;

/** What is wrong with a field, behind its name: `filter: is none of mine, all`. A shape's own words are kept. */
export function problemOf(issue: Issue): string {
  if (!NOT_OURS.test(issue.message)) return issue.message;
  switch (issue.code) {
    case 'invalid_value':
      return `is none of ${issue.values.map(String).join(', ')}`;
    case 'invalid_type':
      return issue.message.endsWith('received undefined') ? 'is missing' : `is not ${kindOf(issue.expected)}`;
    case 'too_small':
      return issue.origin === 'string' && issue.minimum === 1
        ? 'is empty'
        : `${SIZES[issue.origin]?.less ?? 'is less than'} ${limit(issue)}`;
    case 'too_big':
      return `${SIZES[issue.origin]?.more ?? 'is more than'} ${limit(issue)}`;
    case 'unrecognized_keys':
      return `has no field ${issue.keys.join(', ')}`;
    case 'invalid_format':
      return `is not ${FORMATS[issue.format] ?? 'of the form that is asked for'}`;
    case 'invalid_union':
      return 'is none of the forms that it may have';
    default:
      return issue.message;
  }
}

/** What to do about it. */
export function remedyFor(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `Send ${kindOf(issue.expected)}.`;
    case 'too_big':
      return `Send at most ${limit(issue)}.`;
    case 'too_small':
      return issue.origin === 'string' && issue.minimum === 1
        ? 'Fill it in.'
        : `Send at least ${limit(issue)}.`;
    case 'unrecognized_keys':
      return `Leave out ${issue.keys.join(', ')}.`;
    case 'invalid_value':
      return `Send one of ${issue.values.map(String).join(', ')}.`;
    default:
      return 'Correct the value and send it again.';
  }
}

/** What is expected, where its name alone is no word of a sentence. */
const KINDS: Partial<Record<string, string>> = {
  undefined: 'nothing',
  object: 'an object',
  record: 'an object',
  array: 'a list',
  int: 'a whole number',
  bigint: 'a whole number',
};
const kindOf = (expected: string): string => KINDS[expected] ?? `a ${expected}`;

const SIZES: Partial<Record<string, { less: string; more: string }>> = {
  string: { less: 'is shorter than', more: 'is longer than' },
  array: { less: 'holds fewer than', more: 'holds more than' },
};

function limit(issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall): string {
  const most = issue.code === 'too_big' ? issue.maximum : issue.minimum;
  return `${most}${issue.origin === 'string' ? ' characters' : ''}`;
}

const FORMATS: Partial<Record<string, string>> = {
  email: 'an e-mail address',
  url: 'an address that begins with https://',
  uuid: 'an id',
  datetime: 'a time as 2026-11-23T09:00:00Z',
  date: 'a date as 2026-11-23',
};
