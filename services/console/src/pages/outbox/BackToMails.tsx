import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';

import styles from './outbox.module.css';

/** The way back on a small screen. */
export function BackToMails({ onBack }: { onBack: () => void }) {
  return (
    <Button
      variant="subtle"
      color="gray"
      className={styles.back ?? ''}
      leftSection={<IconArrowLeft size={16} aria-hidden />}
      onClick={onBack}
    >
      All mails
    </Button>
  );
}
