import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';

import { toFailure } from '../api/failure.ts';
import { Empty } from '../ui/States.tsx';

export function Missing() {
  return (
    <main style={{ padding: 24 }}>
      <Empty title="There is no such page" action={<Link to="/queue">Go to the queue</Link>}>
        The link may be old, or mistyped.
      </Empty>
    </main>
  );
}

/** The last resort: the page itself failed, or the server was away when it opened. */
export function Broken({ error }: { error: unknown }) {
  const failure = toFailure(error);
  const offline = failure.code === 'offline';
  return (
    <main style={{ padding: 24 }}>
      <Empty
        title={offline ? 'Penstock does not answer' : 'This page met an error'}
        action={<Button onClick={() => window.location.reload()}>Load again</Button>}
      >
        {offline
          ? 'The server may be starting. Nothing you have saved is lost.'
          : 'What you have saved is kept. Loading the page again usually helps.'}
      </Empty>
    </main>
  );
}
