import type { CompetingTool } from './watch-rules.ts';

/** What the DNS records of a company show to be in use, and what has changed since the last look. Pure. */

export const RECORD_TYPES = ['TXT', 'MX', 'CNAME'] as const;
export type RecordType = (typeof RECORD_TYPES)[number];
/** `TXT v=spf1 include:sendgrid.net ~all`, `CNAME support support.acme.zendesk.com`; sorted, in lower case. */
export type RecordLines = readonly string[];

/** Names below a domain that companies point at the tools they use. */
export const TOOL_NAMES = ['support', 'help', 'status', 'go', 'info', 'pages', 'careers', 'email'] as const;

/** Marks that the services document themselves, found within a line. */
const MARKS: readonly { mark: RegExp; tool: string }[] = [
  { mark: /^mx \d+ (?:.*\.)?(?:google\.com|googlemail\.com)$/, tool: 'Google Workspace' },
  { mark: /^mx \d+ .*\.mail\.protection\.outlook\.com$/, tool: 'Microsoft 365' },
  { mark: /^mx \d+ .*\.pphosted\.com$/, tool: 'Proofpoint' },
  { mark: /^mx \d+ .*\.mimecast\.com$/, tool: 'Mimecast' },
  { mark: /^txt atlassian-domain-verification=/, tool: 'Atlassian' },
  { mark: /^txt docusign=/, tool: 'Docusign' },
  { mark: /hubspotemail\.net|^txt hubspot-developer-verification=|\.hubspot\.net$/, tool: 'HubSpot' },
  { mark: /include:[\w.-]*_spf\.salesforce\.com|\.exacttarget\.com$/, tool: 'Salesforce' },
  { mark: /\bpardot\.com|\.pardot\.com$/, tool: 'Pardot' },
  { mark: /mktomail\.com|\.mktoweb\.com$/, tool: 'Marketo' },
  { mark: /include:[\w.-]*sendgrid\.net/, tool: 'SendGrid' },
  { mark: /include:servers\.mcsv\.net/, tool: 'Mailchimp' },
  { mark: /include:mail\.zendesk\.com|\.zendesk\.com$/, tool: 'Zendesk' },
  { mark: /\.freshdesk\.com$|include:email\.freshdesk\.com/, tool: 'Freshdesk' },
  { mark: /\.intercom\.help$|custom\.intercom\.help/, tool: 'Intercom' },
  { mark: /\.statuspage\.io$/, tool: 'Statuspage' },
  { mark: /^txt stripe-verification=/, tool: 'Stripe' },
  { mark: /^txt slack-domain-verification=/, tool: 'Slack' },
  { mark: /^txt zoom-domain-verification=|^txt zoom_verify_/, tool: 'Zoom' },
  { mark: /^txt notion-domain-verification=/, tool: 'Notion' },
  { mark: /\.greenhouse\.io$/, tool: 'Greenhouse' },
  { mark: /include:[\w.-]*outreach\.io/, tool: 'Outreach' },
];

export type FoundTool = { tool: string; competes: boolean; line: string };

/** Tools that the lines show, each once with the first line that shows it; a competing tool goes before one of the list. */
export function toolsIn(lines: RecordLines, competitors: readonly CompetingTool[]): FoundTool[] {
  const found = new Map<string, FoundTool>();
  for (const { name, records } of competitors) {
    const line = lines.find((one) => records.some((part) => one.includes(part.toLowerCase())));
    if (line !== undefined) found.set(name.toLowerCase(), { tool: name, competes: true, line });
  }
  for (const { mark, tool } of MARKS) {
    const line = lines.find((one) => mark.test(one));
    if (line !== undefined && !found.has(tool.toLowerCase()))
      found.set(tool.toLowerCase(), { tool, competes: false, line });
  }
  return [...found.values()];
}

/** Records as they are compared. */
export function linesOf(
  answers: readonly { type: RecordType; name: string; records: readonly string[] }[],
): string[] {
  const lines = answers.flatMap(({ type, name, records }) =>
    records.map((record) => {
      const plain = record
        .trim()
        .replaceAll(/^"|"$|\.$/g, '')
        .replaceAll(/\s+/g, ' ')
        .toLowerCase();
      return `${type.toLowerCase()} ${type === 'CNAME' ? `${name} ` : ''}${plain}`;
    }),
  );
  return [...new Set(lines)].toSorted();
}

export type DnsMemory = {
  /** Lines that count as there. */
  standing: RecordLines;
  /** Lines of the look before. */
  lastLook: RecordLines;
};
export type DnsNews = FoundTool & { change: 'adopted' | 'dropped' };

/**
 * What a whole look tells against what was known. A line counts as there after two looks that show it, and as gone after two without it:
 * servers leave records out now and then, and a resolver may answer for somebody else once. Tools are read from both sides by the same
 * rules, so that a rule that is new makes no news of what was there before.
 */
export function compareLook(
  memory: DnsMemory,
  look: RecordLines,
  competitors: readonly CompetingTool[],
): { news: DnsNews[]; memory: DnsMemory } {
  const [seen, before, known] = [new Set(look), new Set(memory.lastLook), new Set(memory.standing)];
  const standing = [
    ...look.filter((line) => known.has(line) || before.has(line)),
    ...memory.standing.filter((line) => !seen.has(line) && before.has(line)),
  ].toSorted();
  const then = toolsIn(memory.standing, competitors);
  const now = toolsIn(standing, competitors);
  return {
    news: [
      ...now.filter((tool) => lacks(then, tool)).map((tool) => ({ ...tool, change: 'adopted' as const })),
      ...then.filter((tool) => lacks(now, tool)).map((tool) => ({ ...tool, change: 'dropped' as const })),
    ],
    memory: { standing, lastLook: look },
  };
}

const lacks = (tools: readonly FoundTool[], { tool }: FoundTool): boolean =>
  !tools.some((one) => one.tool === tool);

/** Whether two looks show the same tools: then the second is believed at first sight. */
export function showsSameTools(
  one: RecordLines,
  other: RecordLines,
  competitors: readonly CompetingTool[],
): boolean {
  const [here, there] = [toolsIn(one, competitors), toolsIn(other, competitors)];
  return here.length === there.length && here.every((tool) => !lacks(there, tool));
}
