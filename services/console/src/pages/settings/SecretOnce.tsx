import { Button } from '@mantine/core';
import type { ReactNode } from 'react';

import dialog from '../../dialogs/dialogs.module.css';
import { Copy } from '../../ui/Copy.tsx';
import styles from './settings.module.css';

/** A secret that is shown this once, with why. */
export function SecretOnce(props: {
  secret: string;
  what: string;
  children: ReactNode;
  onClose: () => void;
}) {
  const { secret, what, children, onClose } = props;
  return (
    <div className={dialog.form}>
      <p>{children}</p>
      <div className={styles.snippet}>
        {secret}
        <Copy value={secret} what={what} />
      </div>
      <div className={dialog.buttons}>
        <Button onClick={onClose}>I have it</Button>
      </div>
    </div>
  );
}
