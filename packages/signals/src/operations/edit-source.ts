import { Done, plainText } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { maybeOne, type Tx } from '@penstock/store/tx';
import { DocumentVersionRow } from '@penstock/workspace/contracts';
import { documentVersions, publishDocument, saveDraft } from '@penstock/workspace/documents';
import { command, query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { DescribedSettingsInput } from '../contracts.ts';
import * as sql from '../described-statements.ts';
import { describedChanges, keepsItsItems } from '../model/described-changes.ts';
import type { DescribedSettings } from '../source-port.ts';
import { DescribedSecret, secretFor } from './described-secret.ts';

const KIND = 'described_source';
const Name = plainText(80).pipe(z.string().min(2, 'is too short'));
/** What a version holds; the key is none of it. */
const Body = z.object({ name: z.string(), settings: DescribedSettingsInput });

type Wanted = { id: string; name: string; settings: DescribedSettings; note: string };
type By = { actor: { id: string }; now: Date };

/** Keeps what a source is from now on as the version that holds. */
export async function keepVersion(tx: Tx, { id, name, settings, note }: Wanted, by: By): Promise<void> {
  const draft = {
    kind: KIND,
    name: id,
    body: { name, settings },
    note,
    authorId: by.actor.id,
    now: by.now,
  } as const;
  const saved = await saveDraft(tx, draft);
  await publishDocument(tx, { ...saved, note, now: by.now });
}

const noSource = (): DomainError =>
  new DomainError('not_found', 'There is no such described source. Look for it under Sources.');

export function editOperations({ seal }: { seal: (secret: string) => string }) {
  return {
    edit: command({
      name: 'sources.edit',
      lane: 'hot',
      permission: 'providers.manage',
      summary:
        'Change what a described source is; the version before is kept. Without a new key the one that is stored goes on, to the same host alone.',
      input: z.strictObject({
        id: z.uuid(),
        name: Name,
        settings: DescribedSettingsInput,
        secret: DescribedSecret,
        note: plainText(500).default(''),
      }),
      output: z.object({ id: z.string(), isBegunAnew: z.boolean() }),
      async run({ tx, actor, now }, { id, name, settings, secret, note }) {
        const was = await maybeOne(tx, sql.lockDescribedSource, id);
        if (!was) throw noSource();
        const known = secretFor(settings, secret, was);
        const sealed = secret === null ? known.sealed : seal(secret);
        if ((await documentVersions(tx, KIND, id)).length === 0)
          await keepVersion(tx, { ...was, note: 'As it was before versions were kept' }, { actor, now });
        return change(tx, was, { id, name, settings, note }, sealed, { actor, now });
      },
    }),
    restore: command({
      name: 'sources.restoreVersion',
      lane: 'hot',
      permission: 'providers.manage',
      summary: 'Take up an earlier version of a described source again.',
      input: z.strictObject({ id: z.uuid(), versionId: z.uuid() }),
      output: z.object({ id: z.string(), isBegunAnew: z.boolean() }),
      async run({ tx, actor, now }, { id, versionId }) {
        const was = await maybeOne(tx, sql.lockDescribedSource, id);
        if (!was) throw noSource();
        const version = (await documentVersions(tx, KIND, id)).find((one) => one.versionId === versionId);
        if (!version)
          throw new DomainError('not_found', 'versionId: there is no such version of this source.');
        const { name, settings } = Body.parse(version.body);
        const { sealed } = secretFor(settings, null, was);
        const note = `Back to version ${version.number}`;
        return change(tx, was, { id, name, settings, note }, sealed, { actor, now });
      },
    }),
    versions: versionsOperation,
    remove: removeOperation,
  };
}

async function change(tx: Tx, was: sql.DescribedRow, wanted: Wanted, sealed: string, by: By) {
  const { id, name, settings } = wanted;
  if ((await tx.rows(sql.sameAddress, settings.url, id)).length > 0)
    throw new DomainError('conflict', 'url: another source watches this address already.');
  const isBegunAnew = !keepsItsItems(was.settings, settings);
  const changes = describedChanges(was, wanted);
  await keepVersion(tx, wanted, by);
  await tx.rows(sql.changeDescribed, id, name, JSON.stringify(settings), sealed, isBegunAnew, by.now);
  return {
    output: { id, isBegunAnew },
    audit: {
      action: 'source.changed',
      subjectKind: 'source_watch',
      subjectId: id,
      detail: { fields: changes.map((line) => line.split(':')[0] ?? '').join(', ') },
    },
    events: [{ kind: 'source.changed' as const, payload: { watchId: id } }],
  };
}

const versionsOperation = query({
  name: 'sources.versions',
  lane: 'hot',
  permission: 'settings.read',
  summary: 'What a described source is, and what was changed when and by whom, newest first.',
  input: z.object({ id: z.uuid() }),
  output: z.object({
    name: z.string(),
    settings: DescribedSettingsInput,
    /** A key is stored; it is shown to nobody. */
    hasSecret: z.boolean(),
    versions: z.array(DocumentVersionRow.extend({ changes: z.array(z.string()) })),
  }),
  async run({ tx }, { id }) {
    const source = await maybeOne(tx, sql.readDescribedSource, id);
    if (!source) throw noSource();
    const versions = await documentVersions(tx, KIND, id);
    const authors = await tx.rows(
      sql.readVersionAuthors,
      versions.map(({ authorId }) => authorId),
    );
    const bodies = versions.map(({ body }) => Body.parse(body));
    return {
      name: source.name,
      settings: DescribedSettingsInput.parse(source.settings),
      hasSecret: source.secretSealed !== '',
      versions: versions.map(({ body: _, ...version }, at) => {
        const [own, before] = [bodies[at], bodies[at + 1]];
        return {
          ...version,
          authorName: authors.find((member) => member.id === version.authorId)?.name ?? version.authorId,
          changes: own && before ? describedChanges(before, own) : [],
        };
      }),
    };
  },
});

const removeOperation = command({
  name: 'sources.remove',
  lane: 'hot',
  permission: 'providers.manage',
  summary: 'Remove a source that the workspace added, with its key. What it told stays, under its name.',
  input: z.strictObject({ id: z.uuid() }),
  output: Done,
  async run({ tx, now }, { id }) {
    const removed = await maybeOne(tx, sql.removeWatch, id, now);
    if (!removed)
      throw new DomainError(
        'not_found',
        'There is no such source of your own. The product’s own can be stopped, not removed.',
      );
    await tx.rows(sql.dropOpenItems, removed.source, now);
    return {
      output: { id },
      audit: { action: 'source.removed', subjectKind: 'source_watch', subjectId: id },
      events: [{ kind: 'source.changed', payload: { watchId: id } }],
    };
  },
});
