/** Variables of the welcome mail; an unknown one is left out, never shown as a placeholder. */
export type MailVariables = { givenName: string; repName: string; company: string; workspaceName: string };

export type MailTemplate = { subject: string; text: string };

const FALLBACK: MailVariables = {
  givenName: 'there',
  repName: '',
  company: 'your company',
  workspaceName: '',
};

function fill(text: string, variables: MailVariables): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => {
    if (!(name in FALLBACK)) return '';
    // Safe: checked to be one of the variables.
    const key = name as keyof MailVariables;
    return singleLine(variables[key]) || FALLBACK[key];
  });
}

/** One line without control characters: what comes from a form can't add a header or a line. */
export function singleLine(text: string): string {
  return text
    .replaceAll(/\p{Cc}+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 200);
}

/** Plain text only; values are inserted as they are and never read as markup. */
export function renderMail(template: MailTemplate, variables: MailVariables): MailTemplate {
  return { subject: singleLine(fill(template.subject, variables)), text: fill(template.text, variables) };
}
