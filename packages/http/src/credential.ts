/** How a secret travels with a request. `basic` takes `user:password`. */
export type HttpCredential =
  | { in: 'header'; name: string; value: string }
  | { in: 'query'; name: string; value: string }
  | { in: 'bearer'; value: string }
  | { in: 'basic'; value: string };

/** Adds the secret to a request that is about to leave; answers its query as it is then (`?a=b`, or nothing). */
export function addCredential(
  search: string,
  headers: Record<string, string>,
  credential: HttpCredential,
): string {
  if (credential.in === 'query') return `?${searchWith(search, credential)}`;
  if (credential.in === 'header') headers[credential.name.toLowerCase()] = credential.value;
  else if (credential.in === 'bearer') headers['authorization'] = `Bearer ${credential.value}`;
  else headers['authorization'] = `Basic ${Buffer.from(credential.value, 'utf8').toString('base64')}`;
  return search;
}

function searchWith(search: string, { name, value }: { name: string; value: string }): string {
  // Reading a query and writing it anew costs more than the rest of a request; only one that names the key already needs it.
  if (search.includes(name)) {
    const query = new URLSearchParams(search);
    query.set(name, value);
    return query.toString();
  }
  const own = new URLSearchParams([[name, value]]).toString();
  return search === '' ? own : `${search.slice(1)}&${own}`;
}
