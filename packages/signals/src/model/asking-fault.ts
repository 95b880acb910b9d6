import type { DescribedPages, DescribedSettings } from '../source-port.ts';

const MARK = /\{\{\s*(\w+)\s*\}\}/g;
const MARK_OF = { link: null, cursor: 'cursor', number: 'page', offset: 'offset' } as const;

type Asking = {
  method?: DescribedSettings['method'];
  body?: DescribedSettings['body'];
  pages?: DescribedPages | null | undefined;
};

/** What is wrong with a body, or with how its next page is asked for, by the field; null if nothing is. */
export function askingFault({ method = 'GET', body = '', pages = null }: Asking): {
  path: string[];
  message: string;
} | null {
  if (method === 'GET' && body.trim() !== '')
    return { path: ['body'], message: 'goes with POST alone: choose it, or leave the body empty' };
  const marks = [...body.matchAll(MARK)].map(([, name]) => name ?? '');
  if (body.trim() !== '' && parsed(body) === undefined)
    return { path: ['body'], message: 'is no JSON; write {{page}} in quotes: "{{page}}"' };
  const unknown = marks.find((name) => !['page', 'offset', 'cursor'].includes(name));
  if (unknown !== undefined)
    return {
      path: ['body'],
      message: `knows no {{${unknown}}}: there are {{page}}, {{offset}} and {{cursor}}`,
    };
  const wanted = pages === null ? null : MARK_OF[pages.by];
  const stray = marks.find((name) => name !== wanted);
  if (stray !== undefined)
    return {
      path: ['body'],
      message: `holds {{${stray}}}, but the next page is not asked for by it`,
    };
  if (pages !== null && pages.by !== 'link' && pages.as === '' && marks.length === 0)
    return {
      path: ['pages', 'as'],
      message: `is needed: the name in the address, or {{${String(wanted)}}} in the body`,
    };
  return null;
}

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};
