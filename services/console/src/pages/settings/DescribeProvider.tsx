import { Button, Modal, Select, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';

import type { Failure } from '../../api/failure.ts';
import { useChange } from '../../api/hooks.ts';
import dialog from '../../dialogs/dialogs.module.css';
import { say } from '../../ui/notify.tsx';
import { descriptionFrom, linesOf, type Description } from './describe-provider.ts';
import styles from './described.module.css';

const KINDS = [
  { value: 'find_person', label: 'Finds people' },
  { value: 'find_company', label: 'Finds company facts' },
  { value: 'verify_email', label: 'Verifies addresses' },
];
const PLACES = [
  { value: 'header', label: 'In a header' },
  { value: 'query', label: 'In the query' },
  { value: 'bearer', label: 'As bearer token' },
  { value: 'basic', label: 'As basic authentication' },
];

/** A vendor without an adapter, described: where it is asked, what it says, and what it costs. */
export function DescribeProvider({
  described,
  onClose,
}: {
  described: Description | null;
  onClose: () => void;
}) {
  const [failure, setFailure] = useState<Failure | null>(null);
  const save = useChange('enrichment.describeProvider', {
    stale: ['enrichment.providers', 'enrichment.describedProviders', 'enrichment.waterfall'],
    onDone: () => {
      say.done('Saved. Give it a key, try it, then put it into the waterfall');
      onClose();
    },
    onFailure: (problem) => (setFailure(problem), true),
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const readOn = new Date().toISOString().slice(0, 10);
    save.mutate(descriptionFrom(new FormData(event.currentTarget), { id: described?.id ?? null, readOn }));
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={<strong>{described ? described.name : 'Describe a provider'}</strong>}
      size="xl"
    >
      <form onSubmit={onSubmit} className={dialog.form}>
        <RequestFields described={described} />
        <ReplyFields described={described} />
        <TermsFields described={described} />
        {failure && <Problems failure={failure} />}
        <div className={dialog.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function Problems({ failure }: { failure: Failure }) {
  return (
    <div className={dialog.warning} role="alert">
      {failure.issues.length === 0
        ? failure.message
        : failure.issues.map(({ field, problem, remedy }) => (
            <div key={field}>
              <strong>{field}</strong>: {problem}. {remedy}
            </div>
          ))}
    </div>
  );
}

type Part = { described: Description | null };
const area = { autosize: true, minRows: 2, maxRows: 8, classNames: { input: styles.code ?? '' } } as const;

function RequestFields({ described }: Part) {
  const [place, setPlace] = useState<string>(described?.credential.in ?? 'header');
  const { credential } = described ?? {};
  return (
    <fieldset className={styles.part}>
      <legend>What is asked</legend>
      <TextInput
        label="Name"
        name="name"
        required
        maxLength={60}
        defaultValue={described?.name}
        data-autofocus
      />
      <TextInput
        label="Host"
        name="host"
        required
        placeholder="api.vendor.com"
        description="A public name; asked over https alone"
        defaultValue={described?.host}
      />
      <Select
        label="What it does"
        name="kind"
        data={KINDS}
        defaultValue={described?.kind ?? 'find_person'}
        allowDeselect={false}
      />
      <Select
        label="Method"
        name="method"
        data={['GET', 'POST']}
        defaultValue={described?.method ?? 'GET'}
        allowDeselect={false}
      />
      <TextInput
        className={styles.wide ?? ''}
        label="Path"
        name="path"
        required
        placeholder="/v1/people"
        description="{givenName}, {familyName}, {companyName}, {companyDomain}, {email}, {linkedinUrl} and {phone} stand for what is known"
        defaultValue={described?.path}
      />
      <Textarea
        {...area}
        label="Query"
        name="query"
        placeholder={'domain = {companyDomain}\nname = {givenName} {familyName}'}
        description="One a line; left out where something is not known"
        defaultValue={linesOf(described?.query)}
      />
      <Textarea
        {...area}
        label="Body"
        name="body"
        placeholder="email = {email}"
        description="Sent as JSON with POST"
        defaultValue={linesOf(described?.body)}
      />
      <Textarea {...area} label="Headers" name="headers" defaultValue={linesOf(described?.headers)} />
      <Textarea
        {...area}
        label="Needs"
        name="needs"
        required
        placeholder={'givenName, familyName, companyDomain\nlinkedinUrl'}
        description="One line is enough to ask; all of its words have to be known"
        defaultValue={described?.needs.map((names) => names.join(', ')).join('\n')}
      />
      <Select
        label="Key"
        name="credentialIn"
        data={PLACES}
        value={place}
        onChange={(next) => setPlace(next ?? 'header')}
        allowDeselect={false}
      />
      {(place === 'header' || place === 'query') && (
        <TextInput
          label={place === 'header' ? 'Name of the header' : 'Name in the query'}
          name="credentialName"
          required
          placeholder={place === 'header' ? 'X-Api-Key' : 'api_key'}
          defaultValue={credential && 'name' in credential ? credential.name : ''}
        />
      )}
    </fieldset>
  );
}

function ReplyFields({ described }: Part) {
  return (
    <fieldset className={styles.part}>
      <legend>What its answer means</legend>
      <TextInput
        label="It is a hit if there is something at"
        name="hitAt"
        placeholder="/data/email"
        description="A JSON pointer into the answer"
        defaultValue={described?.hit.at}
      />
      <TextInput
        label="… and it is one of"
        name="hitEquals"
        placeholder="found, ok"
        description="Left empty: anything"
        defaultValue={described?.hit.equals?.join(', ')}
      />
      <Textarea
        {...area}
        label="Values"
        name="values"
        placeholder={'work_email = /data/email\nmobile = /data/phone\ntitle = /data/position'}
        description="Our field = where it is; for finders"
        defaultValue={linesOf(described?.values)}
      />
      <Textarea
        {...area}
        label="Words of its verdict"
        name="verdictWords"
        placeholder={'ok = valid\nbad = invalid\naccept_all = catch_all'}
        description="For verifiers"
        defaultValue={linesOf(described?.verdict?.words)}
      />
      <TextInput
        label="Verdict at"
        name="verdictAt"
        placeholder="/status"
        defaultValue={described?.verdict?.at}
      />
      <TextInput
        label="Credits that it took at"
        name="creditsAt"
        placeholder="/credits_charged"
        description="Left empty: the price below"
        defaultValue={described?.creditsAt}
      />
      <TextInput
        label="Given name at"
        name="about.givenName"
        description="Tells somebody else’s record apart"
        defaultValue={described?.about?.givenName}
      />
      <TextInput label="Family name at" name="about.familyName" defaultValue={described?.about?.familyName} />
      <TextInput label="Website at" name="about.website" defaultValue={described?.about?.website} />
      <TextInput
        label="Statuses of a miss"
        name="missStatuses"
        defaultValue={(described?.missStatuses ?? [404]).join(', ')}
      />
      <TextInput
        label="… of no credits"
        name="quotaStatuses"
        defaultValue={(described?.quotaStatuses ?? [402]).join(', ')}
      />
      <TextInput
        label="… of asking too often"
        name="throttleStatuses"
        defaultValue={(described?.throttleStatuses ?? [429]).join(', ')}
      />
    </fieldset>
  );
}

function TermsFields({ described }: Part) {
  return (
    <fieldset className={styles.part}>
      <legend>What it costs, and what it may be used for</legend>
      <TextInput
        label="Credits a call"
        name="credits"
        type="number"
        min={0}
        step="any"
        required
        defaultValue={described?.price.credits ?? 1}
      />
      <TextInput
        label="Dollars a credit"
        name="dollarsPerCredit"
        type="number"
        min={0}
        step="any"
        required
        defaultValue={described ? described.price.microsPerCredit / 1_000_000 : ''}
      />
      <Select
        label="Charged"
        name="charged"
        data={[
          { value: 'on_hit', label: 'For what it finds' },
          { value: 'on_call', label: 'For every answer' },
        ]}
        defaultValue={described?.price.charged ?? 'on_hit'}
        allowDeselect={false}
      />
      <TextInput
        label="Requests a minute"
        name="requestsPerMinute"
        type="number"
        min={1}
        required
        defaultValue={described?.requestsPerMinute ?? 60}
      />
      <Select
        label="Region"
        name="region"
        data={[
          { value: 'us', label: 'United States' },
          { value: 'eu', label: 'European Union' },
          { value: 'global', label: 'Elsewhere' },
        ]}
        defaultValue={described?.region ?? 'global'}
        allowDeselect={false}
      />
      <TextInput
        className={styles.wide ?? ''}
        label="Lawful use"
        name="lawfulUse"
        required
        minLength={10}
        maxLength={500}
        placeholder="What its terms and the law ask of whoever uses its data"
        defaultValue={described?.lawfulUse}
      />
    </fieldset>
  );
}
