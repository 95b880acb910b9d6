export type DemoSignIn = { role: string; name: string; email: string; password: string };

/** Who can be tried; empty outside a sandbox on this machine. */
export async function fetchDemoSignIns(): Promise<DemoSignIn[]> {
  try {
    const reply = await fetch('/sandbox/sign-ins', { headers: { accept: 'application/json' } });
    if (!reply.ok) return [];
    const body: unknown = await reply.json();
    if (typeof body !== 'object' || body === null || !('signIns' in body) || !Array.isArray(body.signIns))
      return [];
    return body.signIns.filter(isSignIn);
  } catch {
    return []; // Without them the form is still there.
  }
}

function isSignIn(value: unknown): value is DemoSignIn {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['role', 'name', 'email', 'password'].every((key) => typeof Reflect.get(value, key) === 'string')
  );
}

export async function signIn(
  email: string,
  password: string,
): Promise<'signed_in' | 'refused' | 'too_many' | 'unreachable'> {
  try {
    const reply = await fetch('/api/auth/sign-in/email', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    if (reply.ok) return 'signed_in';
    if (reply.status === 429) return 'too_many';
    return reply.status >= 500 ? 'unreachable' : 'refused';
  } catch {
    return 'unreachable';
  }
}
