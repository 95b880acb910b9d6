import { Button, PasswordInput, TextInput } from '@mantine/core';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useEffect, useState, type FormEvent } from 'react';

import { queryClient } from '../../api/query-client.ts';
import { words } from '../../format/words.ts';
import { fetchDemoSignIns, signIn, type DemoSignIn } from './sign-in.ts';
import styles from './sign-in.module.css';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const { next } = route.useSearch();
  const router = useRouter();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const demo = useDemoSignIns();

  const enter = async (email: string, password: string) => {
    setBusy(email);
    setProblem(null);
    const outcome = await signIn(email, password);
    if (outcome !== 'signed_in') {
      setBusy(null);
      setProblem(PROBLEMS[outcome]);
      return;
    }
    queryClient.clear();
    router.history.push(next ?? '/queue');
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    void enter(String(form.get('email')), String(form.get('password')));
  };

  return (
    <main className={styles.page}>
      <div className={styles.column}>
        <header className={styles.head}>
          <img src="/mark.svg" width={32} height={32} alt="" />
          <h1>Sign in to Penstock</h1>
        </header>
        <form className={styles.form} onSubmit={onSubmit}>
          <TextInput
            label="E-mail"
            name="email"
            type="email"
            autoComplete="username"
            size="sm"
            required
            autoFocus
          />
          <PasswordInput
            label="Password"
            name="password"
            autoComplete="current-password"
            size="sm"
            required
          />
          {problem && (
            <p className={styles.problem} role="alert">
              {problem}
            </p>
          )}
          <Button type="submit" size="sm" loading={busy !== null} fullWidth>
            Sign in
          </Button>
        </form>
        {demo.length > 0 && <DemoSignIns signIns={demo} busy={busy} onChoose={enter} />}
      </div>
    </main>
  );
}

const PROBLEMS = {
  refused: 'This e-mail and password do not belong together. Check both, or ask an admin for a new password.',
  too_many: 'Too many attempts. Wait a minute, then try again.',
  unreachable: 'The server did not answer. Nothing was changed; try again in a moment.',
} as const;

function useDemoSignIns(): DemoSignIn[] {
  const [signIns, setSignIns] = useState<DemoSignIn[]>([]);
  useEffect(() => {
    void fetchDemoSignIns().then(setSignIns);
  }, []);
  return signIns;
}

const DOES: Readonly<Record<string, string>> = {
  rep: 'works the queue and the pipeline',
  manager: 'sees the team, may override',
  revops: 'ICP, forms, providers',
  admin: 'members, keys, everything',
};

function DemoSignIns(props: {
  signIns: DemoSignIn[];
  busy: string | null;
  onChoose: (email: string, password: string) => Promise<void>;
}) {
  return (
    <section className={styles.demo} aria-label="Sandbox">
      <h2>Sandbox</h2>
      <p className="dim">Invented companies and simulated providers. Nothing leaves this machine.</p>
      <ul className={styles.people}>
        {props.signIns.map(({ role, name, email, password }) => (
          <li key={email}>
            <button
              type="button"
              className={styles.person}
              disabled={props.busy !== null}
              onClick={() => void props.onChoose(email, password)}
            >
              <span className="strong">
                Continue as {name.split(' ')[0]} ({words(role)})
              </span>
              <span className="dim">{DOES[role]}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
