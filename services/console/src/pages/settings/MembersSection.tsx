import { Button, Modal, NativeSelect, PasswordInput, Switch, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';

import type { Failure } from '../../api/failure.ts';
import { useAnswer, useChange, useMay, useMe } from '../../api/hooks.ts';
import type { Role } from '../../api/procedures.ts';
import type { MemberRow } from '../../api/records.ts';
import dialog from '../../dialogs/dialogs.module.css';
import { words } from '../../format/words.ts';
import { say } from '../../ui/notify.tsx';
import { BoneRows, Empty, Failed } from '../../ui/States.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { SectionHead } from './SectionHead.tsx';
import styles from './settings.module.css';

const ROLES: readonly Role[] = ['rep', 'manager', 'revops', 'admin'];
const roleOptions = ROLES.map((role) => ({ value: role, label: words(role) }));
const asRole = (value: string): Role => ROLES.find((role) => role === value) ?? 'rep';

export function MembersSection() {
  const may = useMay();
  const [adding, setAdding] = useState(false);
  const members = useAnswer('settings.members', {});
  const editable = may('members.manage');
  return (
    <>
      <SectionHead title="Members" note="Who works here, in which role, and who takes inbound leads.">
        {editable && (
          <Button leftSection={<IconPlus size={15} aria-hidden />} onClick={() => setAdding(true)}>
            Add member
          </Button>
        )}
      </SectionHead>
      {members.isPending && <BoneRows rows={5} height={44} />}
      {members.isError && (
        <Failed what="The members" error={members.error} onRetry={() => void members.refetch()} />
      )}
      {members.isSuccess && <Members members={members.data.items} editable={editable} />}
      {adding && <AddMember onClose={() => setAdding(false)} />}
    </>
  );
}

/** Rows that are drawn at once: each holds four controls, and of hundreds one looks for one. */
const AT_ONCE = 50;

function Members({ members, editable }: { members: readonly MemberRow[]; editable: boolean }) {
  const [search, setSearch] = useState('');
  const [shown, setShown] = useState(AT_ONCE);
  const wanted = search.trim().toLowerCase();
  const found = members.filter(({ name, email }) => `${name}\n${email}`.toLowerCase().includes(wanted));
  return (
    <>
      {members.length > AT_ONCE && (
        <TextInput
          aria-label="Find a member"
          placeholder={`Find one of ${members.length} by name or e-mail`}
          value={search}
          mb="md"
          maw={360}
          onChange={(event) => (setSearch(event.currentTarget.value), setShown(AT_ONCE))}
        />
      )}
      {found.length === 0 ? (
        <Empty title="Nobody is called that">Names and addresses were looked through.</Empty>
      ) : (
        <Table members={found.slice(0, shown)} editable={editable} />
      )}
      {found.length > shown && (
        <Button variant="default" mt="md" onClick={() => setShown(shown + AT_ONCE)}>
          Show more ({found.length - shown} left)
        </Button>
      )}
    </>
  );
}

function Table({ members, editable }: { members: readonly MemberRow[]; editable: boolean }) {
  return (
    <div className={styles.tableBox} tabIndex={0} role="region" aria-label="Table">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Role</th>
            <th scope="col">Team</th>
            <th scope="col">Time zone</th>
            <th scope="col">Takes leads</th>
            <th scope="col">May sign in</th>
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <Row key={member.id} member={member} editable={editable} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ member, editable }: { member: MemberRow; editable: boolean }) {
  const me = useMe();
  const teams = useAnswer('settings.teams', {});
  const update = useChange('settings.updateMember', {
    stale: ['settings.members', 'settings.teams'],
    onDone: () => say.done(`${member.name} saved`),
  });
  const own = me.member.id === member.id;
  const change = (changes: Omit<Parameters<typeof update.mutate>[0], 'id'>) =>
    update.mutate({ id: member.id, ...changes });
  const yesNo = (is: boolean) => (
    <Tag tone={is ? 'good' : 'plain'} shape={is ? 'dot' : 'ring'}>
      {is ? 'Yes' : 'No'}
    </Tag>
  );
  return (
    <tr>
      <td>
        <div className="strong">{member.name}</div>
        <div className="dim">{member.email}</div>
      </td>
      <td>
        {editable && !own ? (
          <NativeSelect
            aria-label={`Role of ${member.name}`}
            data={roleOptions}
            value={member.role}
            onChange={(event) => change({ role: asRole(event.currentTarget.value) })}
          />
        ) : (
          words(member.role)
        )}
      </td>
      <td>
        {editable ? (
          <NativeSelect
            aria-label={`Team of ${member.name}`}
            data={[
              { value: '', label: 'No team' },
              ...(teams.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
            value={member.team?.id ?? ''}
            onChange={(event) => change({ teamId: event.currentTarget.value || null })}
          />
        ) : (
          (member.team?.name ?? '–')
        )}
      </td>
      <td className="dim">{member.timeZone}</td>
      <td>
        {editable ? (
          <Switch
            aria-label={`${member.name} takes leads`}
            checked={member.takesLeads}
            onChange={(event) => change({ takesLeads: event.currentTarget.checked })}
          />
        ) : (
          yesNo(member.takesLeads)
        )}
      </td>
      <td>
        {editable && !own ? (
          <Switch
            aria-label={`${member.name} may sign in`}
            checked={member.active}
            onChange={(event) => change({ active: event.currentTarget.checked })}
          />
        ) : (
          yesNo(member.active)
        )}
      </td>
    </tr>
  );
}

function AddMember({ onClose }: { onClose: () => void }) {
  const [issues, setIssues] = useState<Failure['issues']>([]);
  const add = useChange('settings.addMember', {
    stale: ['settings.members', 'settings.teams'],
    onDone: (_, { name }) => (say.done(`${name} can sign in now`), onClose()),
    onFailure: (failure) => {
      setIssues(failure.issues);
      return failure.issues.length > 0;
    },
  });
  const problem = (field: string) => issues.find((issue) => issue.field === field)?.problem ?? null;
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    add.mutate({
      name: text('name'),
      email: text('email'),
      role: asRole(text('role')),
      password: String(form.get('password')),
    });
  };
  return (
    <Modal opened onClose={onClose} title={<strong>Add a member</strong>} size="sm">
      <form onSubmit={onSubmit} className={dialog.form}>
        <TextInput label="Name" name="name" required error={problem('name')} data-autofocus />
        <TextInput label="E-mail" name="email" type="email" required error={problem('email')} />
        <NativeSelect label="Role" name="role" data={roleOptions} />
        <PasswordInput
          label="First password"
          description="At least 12 characters. Hand it over yourself; nobody is sent a mail."
          name="password"
          minLength={12}
          required
          autoComplete="new-password"
          error={problem('password')}
        />
        <div className={dialog.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={add.isPending}>
            Add member
          </Button>
        </div>
      </form>
    </Modal>
  );
}
