/** How a secret travels with a request. `basic` takes `user:password`. */
export type HttpCredential =
  | { in: 'header'; name: string; value: string }
  | { in: 'query'; name: string; value: string }
  | { in: 'bearer'; value: string }
  | { in: 'basic'; value: string };

/** Adds the secret to a request that is about to leave. */
export function addCredential(url: URL, headers: Record<string, string>, credential: HttpCredential): void {
  if (credential.in === 'query') url.searchParams.set(credential.name, credential.value);
  else if (credential.in === 'header') headers[credential.name.toLowerCase()] = credential.value;
  else if (credential.in === 'bearer') headers['authorization'] = `Bearer ${credential.value}`;
  else headers['authorization'] = `Basic ${Buffer.from(credential.value, 'utf8').toString('base64')}`;
}
