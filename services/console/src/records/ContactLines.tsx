import { IconMail, IconPhone, IconPhoneOff } from '@tabler/icons-react';

import { words } from '../format/words.ts';
import { Copy } from '../ui/Copy.tsx';
import { Tag } from '../ui/Tag.tsx';
import styles from './records.module.css';

export type Contact = {
  name: string;
  title: string | null;
  email: string | null;
  emailVerification: string | null;
  phone: string | null;
  phoneLineType: string | null;
  doNotCall: boolean;
};

/** Whom to call: name, title, number, address, and how far each is to be trusted. */
export function ContactLines({ contact }: { contact: Contact }) {
  return (
    <div className={styles.contact}>
      <div>
        <div className={styles.contactName}>{contact.name}</div>
        <div className="dim">{contact.title ?? 'Title not known yet'}</div>
      </div>
      {contact.doNotCall ? (
        <p className={styles.doNotCall}>
          <IconPhoneOff size={15} aria-hidden /> Asked not to be called. Write instead.
        </p>
      ) : (
        <Phone phone={contact.phone} lineType={contact.phoneLineType} />
      )}
      <Mail email={contact.email} verification={contact.emailVerification} />
    </div>
  );
}

function Phone({ phone, lineType }: { phone: string | null; lineType: string | null }) {
  if (phone === null) return <p className="dim">No usable number yet</p>;
  return (
    <div className={styles.reach}>
      <IconPhone size={15} aria-hidden />
      <a href={`tel:${phone.replaceAll(/[^+\d]/g, '')}`} className="num">
        {phone}
      </a>
      <Copy value={phone} what="number" />
      {lineType && (
        <span className={styles.reachNote}>
          <Tag tone={lineType === 'mobile' ? 'good' : 'plain'}>{words(lineType)}</Tag>
        </span>
      )}
    </div>
  );
}

function Mail({ email, verification }: { email: string | null; verification: string | null }) {
  if (email === null) return <p className="dim">No usable e-mail yet</p>;
  return (
    <div className={styles.reach}>
      <IconMail size={15} aria-hidden />
      <a href={`mailto:${email}`} className="clip" title={email}>
        {email}
      </a>
      <Copy value={email} what="e-mail" />
      <span className={styles.reachNote}>
        <Verification value={verification} />
      </span>
    </div>
  );
}

export function Verification({ value }: { value: string | null }) {
  if (value === 'valid' || value === 'verified') return <Tag tone="good">Verified</Tag>;
  if (value === null) return <Tag shape="ring">Unverified</Tag>;
  return (
    <Tag tone={value === 'invalid' ? 'bad' : 'warn'} shape="square">
      {words(value)}
    </Tag>
  );
}
