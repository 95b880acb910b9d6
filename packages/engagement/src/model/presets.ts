import type { MailTemplate } from './mail-template.ts';
import type { Routing } from './routing.ts';

export const DEFAULT_ROUTING: Routing = {
  rules: [
    { kind: 'account_owner', name: 'Owner of the account' },
    { kind: 'round_robin', name: 'Round robin', countries: [], intents: [], teamId: null },
  ],
};

export const DEFAULT_WELCOME: MailTemplate = {
  subject: 'Your request to {{workspaceName}}',
  text: `Hi {{givenName}},

thank you for getting in touch. I have your request here and will call you within the next few minutes.

If another time suits you better, just answer this mail: it comes straight to me.

{{repName}}
{{workspaceName}}
`,
};
