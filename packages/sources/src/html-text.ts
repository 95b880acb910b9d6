import { Parser } from 'htmlparser2';

/** Elements that begin a new line. */
const BLOCKS = new Set(
  'address article aside blockquote br dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td th thead tr ul'.split(
    ' ',
  ),
);
/** Elements whose content nobody reads; the hidden header of inline XBRL holds facts, not text. */
const UNSEEN = new Set(['script', 'style', 'head', 'noscript', 'template', 'ix:header', 'title', 'svg']);
/** Characters of HTML; the largest 8-K bodies stay below a tenth of it. */
const MAX_HTML_CHARACTERS = 20_000_000;
/** Every kind of blank that typesetters use: no-break, thin, figure, ideographic, zero width. */
const BLANKS = /[\s\u00A0\u1680\u180E\u2000-\u200D\u202F\u205F\u2060\u3000\uFEFF]+/g;

/**
 * The text of an HTML document or fragment as a person reads it: a line per block, blanks collapsed, entities decoded,
 * scripts and what is styled away left out. Longer documents are cut.
 */
export function htmlToText(html: string): string {
  const lines: string[] = [];
  let line = '';
  const unseen: string[] = [];
  const breakLine = (): void => {
    const text = line.replaceAll(BLANKS, ' ').trim();
    if (text !== '') lines.push(text);
    line = '';
  };
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (unseen.length > 0 || UNSEEN.has(name) || isStyledAway(attributes['style'])) {
          if (!VOID.has(name)) unseen.push(name);
          return;
        }
        if (BLOCKS.has(name)) breakLine();
      },
      ontext(text) {
        if (unseen.length === 0) line += text;
      },
      onclosetag(name) {
        if (unseen.length > 0) {
          if (unseen.at(-1) === name) unseen.pop();
          return;
        }
        if (BLOCKS.has(name)) breakLine();
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  parser.end(html.slice(0, MAX_HTML_CHARACTERS));
  breakLine();
  return lines.join('\n');
}

const VOID = new Set(['br', 'hr', 'img', 'input', 'meta', 'link', 'col', 'area', 'base', 'wbr', 'source']);

const isStyledAway = (style: string | undefined): boolean =>
  style !== undefined && /display\s*:\s*none/i.test(style);

/** HTML that was escaped once more than needed (Greenhouse's `content`): `&lt;p&gt;R&amp;amp;D&lt;/p&gt;`. */
export function escapedHtmlToText(escaped: string): string {
  return htmlToText(/<\w/.test(escaped) ? escaped : unescapeOnce(escaped));
}

function unescapeOnce(escaped: string): string {
  let text = '';
  const parser = new Parser({ ontext: (part) => void (text += part) }, { decodeEntities: true });
  parser.end(escaped.slice(0, MAX_HTML_CHARACTERS));
  return text;
}

/** A title or a name: tags out, entities decoded, one line. */
export function plainLine(text: string): string {
  return htmlToText(text).replaceAll('\n', ' ');
}
