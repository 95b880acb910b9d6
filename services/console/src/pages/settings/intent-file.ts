export type Taken = {
  recorded: number;
  repeated: number;
  refused: number;
  told: { line: number; problem: string }[];
};

/** Sends the file; a problem is a sentence for whoever chose it. */
export async function sendIntent(file: Blob): Promise<Taken | { problem: string }> {
  const answer = await fetch('/v1/csv/intent', {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: file.slice(0, file.size, 'text/csv'),
  }).catch(() => null);
  if (answer === null)
    return { problem: 'No answer from the gateway. Try again: what was taken is not taken twice.' };
  const told: unknown = await answer.json().catch(() => null);
  // Safe: the gateway's answer to this path.
  if (answer.ok) return told as Taken;
  const detail = typeof told === 'object' && told !== null && 'detail' in told ? told.detail : null;
  return { problem: typeof detail === 'string' ? detail : 'The file was not taken.' };
}
