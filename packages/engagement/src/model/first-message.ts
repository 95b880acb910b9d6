import { singleLine } from './mail-template.ts';

/** Drafts of a first message: a template for the kind of signal, with its evidence filled in, for a person to edit and send. */

export type MessageTemplate = {
  key: string;
  name: string;
  /** Kinds of signals it answers; none: for any, when nothing fits better. */
  kinds: string[];
  subject: string;
  text: string;
};

export type MessageFacts = {
  givenName: string;
  company: string;
  /** What is publicly known, in a sentence; empty for what we have observed ourselves, which is not told. */
  fact: string;
  /** What they seem to care about. */
  topic: string;
  repName: string;
  workspaceName: string;
};

export type MessageDraft = { key: string; name: string; subject: string; text: string };

export const MESSAGE_VARIABLES: Record<keyof MessageFacts, string> = {
  givenName: 'there',
  company: 'your company',
  fact: '',
  topic: 'this',
  repName: '',
  workspaceName: '',
};

/** What is seen on our own pages or bought from a panel: to name it would be to say that somebody was watched. */
const OBSERVED = new Set(['visit', 'intent', 'content_spike', 'competitor_research', 'category_search']);

const SIGNED = '{{repName}}\n{{workspaceName}}\n';

export const DEFAULT_MESSAGES: readonly MessageTemplate[] = [
  {
    key: 'answer-request',
    name: 'Answer to a request',
    kinds: ['inbound_request'],
    subject: 'Your request',
    text: `Hi {{givenName}},\n\nthank you for your request. So that our first talk is worth your time: what would have to be different at {{company}} three months from now?\n\nI am free today and tomorrow; tell me a time and I will call.\n\n${SIGNED}`,
  },
  {
    key: 'hiring',
    name: 'They are hiring',
    kinds: ['hiring', 'hiring_growth'],
    subject: 'New people at {{company}}',
    text: `Hi {{givenName}},\n\nthis caught my eye: {{fact}}. New people are productive as soon as they know whom to call and why; that is what we take off their hands.\n\nWould it help to see how a team of your size does it? Fifteen minutes are enough.\n\n${SIGNED}`,
  },
  {
    key: 'news',
    name: 'News about the company',
    kinds: [
      'funding',
      'expansion',
      'acquisition',
      'executive_hire',
      'leadership_change',
      'technology_adoption',
    ],
    subject: 'What comes next at {{company}}',
    text: `Hi {{givenName}},\n\nthis caught my eye: {{fact}}. What follows such news is usually more to do with the same team.\n\nWhich part of it would you like to be quicker? If it is sales, I can show you in fifteen minutes what others did first.\n\n${SIGNED}`,
  },
  {
    key: 'topic',
    name: 'A topic they care about',
    kinds: [...OBSERVED],
    subject: '{{topic}}, in one page',
    text: `Hi {{givenName}},\n\nteams like {{company}} often ask us about {{topic}}. I have put what they found most useful on one page and can send it to you.\n\nShall I? Or tell me what you would like to know instead.\n\n${SIGNED}`,
  },
  {
    key: 'any',
    name: 'A plain first question',
    kinds: [],
    subject: 'A question about {{company}}',
    text: `Hi {{givenName}},\n\nwho at {{company}} looks after how sales finds and reaches the right people? If it is you: what costs you most time in it today?\n\n${SIGNED}`,
  },
];

/**
 * The drafts for an account, best first: of the kinds that count most there, then the one that fits any.
 * @param signals kinds in the order of their weight, with their newest evidence
 */
export function draftMessages(
  templates: readonly MessageTemplate[],
  signals: readonly { kind: string; summary: string; topic: string }[],
  facts: Omit<MessageFacts, 'fact' | 'topic'>,
): MessageDraft[] {
  const fitting = signals.flatMap((signal) => {
    const template = templates.find(({ kinds }) => kinds.includes(signal.kind));
    return template ? [draft(template, { ...facts, ...tellable(signal) })] : [];
  });
  const general = templates
    .filter(({ kinds }) => kinds.length === 0)
    .map((template) => draft(template, { ...facts, fact: '', topic: '' }));
  const all = [...fitting, ...general];
  return all.filter((one, at) => all.findIndex(({ key }) => key === one.key) === at).slice(0, 3);
}

function tellable(signal: { kind: string; summary: string; topic: string }): { fact: string; topic: string } {
  return {
    fact: OBSERVED.has(signal.kind) ? '' : signal.summary.replace(/[.\s]+$/, ''),
    topic: signal.topic,
  };
}

function draft(template: MessageTemplate, facts: MessageFacts): MessageDraft {
  return {
    key: template.key,
    name: template.name,
    subject: sentenceCase(singleLine(fill(template.subject, facts))),
    text: fill(template.text, facts),
  };
}

/** Values are inserted on one line, as they are; a variable that does not exist is left out. */
function fill(text: string, facts: MessageFacts): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => {
    if (!Object.hasOwn(MESSAGE_VARIABLES, name)) return '';
    // Safe: checked to be one of the variables.
    const key = name as keyof MessageFacts;
    return singleLine(facts[key]) || MESSAGE_VARIABLES[key];
  });
}

const sentenceCase = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Names of variables in a text that do not exist. */
export function unknownVariables(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)]
    .map(([, name]) => name ?? '')
    .filter((name) => !Object.hasOwn(MESSAGE_VARIABLES, name));
}
