import type { HttpClient } from './http-client.ts';
import { HttpError } from './http-error.ts';
import type { HttpReply, HttpRequest, HttpTarget } from './target.ts';

/** What kept a reply from coming; `unsent` if the other side can't have acted. */
export type Silence = { silence: 'unsent' | 'unknown'; code: string };

/** One exchange, for callers to whom no reply is an answer too. */
export async function sendOrSilence(
  http: HttpClient,
  target: HttpTarget,
  request: HttpRequest,
): Promise<HttpReply | Silence> {
  try {
    return await http.send(target, request);
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    const { fault } = error;
    const unsent = fault === 'unreachable' || fault === 'late' || fault === 'forbidden_host';
    return { silence: unsent ? 'unsent' : 'unknown', code: fault };
  }
}
