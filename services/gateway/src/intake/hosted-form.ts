import { html, raw } from 'hono/html';

const STYLE = `
          :root {
            color-scheme: light dark;
            font:
              15px/1.5 system-ui,
              sans-serif;
          }
          body {
            margin: 0;
            display: grid;
            place-items: start center;
            min-height: 100vh;
            background: light-dark(#f6f7f9, #16181d);
            color: light-dark(#1c2128, #e6e8eb);
          }
          main {
            width: min(440px, calc(100vw - 48px));
            margin: 8vh 0;
            padding: 32px;
            border-radius: 12px;
            background: light-dark(#fff, #1f2228);
            border: 1px solid light-dark(#e3e6ea, #30343b);
            box-sizing: border-box;
          }
          h1 {
            font-size: 20px;
            margin: 0 0 4px;
          }
          p {
            margin: 0 0 20px;
            color: light-dark(#57606a, #9aa2ab);
          }
          label {
            display: block;
            margin: 14px 0 0;
            font-size: 13px;
            font-weight: 550;
          }
          input,
          textarea,
          select {
            width: 100%;
            box-sizing: border-box;
            margin-top: 4px;
            padding: 9px 11px;
            font: inherit;
            color: inherit;
            background: light-dark(#fff, #16181d);
            border: 1px solid light-dark(#c9ced6, #444a53);
            border-radius: 7px;
          }
          input:focus,
          textarea:focus,
          select:focus {
            outline: 2px solid #2f6feb;
            outline-offset: 1px;
          }
          .row {
            display: grid;
            grid-template-columns: 1fr 1fr;
            gap: 12px;
          }
          button {
            width: 100%;
            margin-top: 22px;
            padding: 11px;
            font: inherit;
            font-weight: 600;
            color: #fff;
            background: #1f5fd6;
            border: 0;
            border-radius: 7px;
            cursor: pointer;
          }
        `;

const page = (title: string, content: unknown) =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${raw(STYLE)}
        </style>
      </head>
      <body>
        <main>${content}</main>
      </body>
    </html>`;

const COUNTRIES: [string, string][] = [
  ['', 'Choose…'],
  ['US', 'United States'],
  ['GB', 'United Kingdom'],
  ['DE', 'Germany'],
  ['FR', 'France'],
  ['NL', 'Netherlands'],
  ['SE', 'Sweden'],
  ['CA', 'Canada'],
];

/** The hosted page of a form: plain HTML, works without scripts and cookies. */
export function formPage(form: { title: string; action: string }) {
  return page(
    form.title,
    html`<h1>${form.title}</h1>
      <p>Tell us who you are; a person answers within minutes.</p>
      <form method="post" action="${form.action}" accept-charset="utf-8">
        <div class="row">
          <label>First name<input name="first_name" autocomplete="given-name" maxlength="100" /></label>
          <label>Last name<input name="last_name" autocomplete="family-name" maxlength="100" /></label>
        </div>
        <label
          >Work e-mail<input name="email" type="email" required autocomplete="email" maxlength="254"
        /></label>
        <label>Company<input name="company" autocomplete="organization" maxlength="200" /></label>
        <div class="row">
          <label>Phone<input name="phone" type="tel" autocomplete="tel" maxlength="50" /></label>
          <label
            >Country<select name="country" autocomplete="country">
              ${COUNTRIES.map(([code, name]) => html`<option value="${code}">${name}</option>`)}
            </select></label
          >
        </div>
        <label>How can we help?<textarea name="message" rows="3" maxlength="5000"></textarea></label>
        <button type="submit">Send</button>
      </form>`,
  );
}

export function thanksPage() {
  return page(
    'Thank you',
    html`<h1>Thank you</h1>
      <p>Your request has arrived. You will hear from us in a moment.</p>`,
  );
}
