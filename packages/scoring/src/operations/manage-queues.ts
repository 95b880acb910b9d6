import { Done, plainText } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { SIGNAL_KINDS } from '@penstock/signals/model/signal-kind';
import { publishDocument, saveDraft } from '@penstock/workspace/documents';
import { command, query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { definedQueues, QueueDefinitionBody, QueueDefinitions, queuesOfLists } from '../queue-definitions.ts';

/** The queues that RevOps has defined; `queue.list` takes the key of one. */
export const listQueues = query({
  name: 'queue.definitions',
  lane: 'hot',
  permission: 'queue.read',
  summary: 'The defined queues, each with its filter, capacity and service level.',
  input: z.object({}),
  output: z.object({
    items: z.array(QueueDefinitionBody),
    /** Those of lists: they come and go with their list. */
    ofLists: z.array(QueueDefinitionBody),
  }),
  async run({ tx }) {
    return { items: [...(await definedQueues(tx))], ofLists: [...(await queuesOfLists(tx))] };
  },
});

function assertSound({ queues }: z.output<typeof QueueDefinitions>): void {
  const refuse = (index: number, field: string, problem: string, remedy: string): never => {
    throw new DomainError('invalid', `queues.${index}.${field}: ${problem}.`, {
      issues: [{ field: `queues.${index}.${field}`, problem, remedy }],
    });
  };
  queues.forEach(({ key, filter }, index) => {
    if (queues.findIndex((other) => other.key === key) !== index)
      refuse(index, 'key', `"${key}" is used twice`, 'Give each queue a key of its own.');
    const unknown = filter.kinds.find((kind) => !(kind in SIGNAL_KINDS));
    if (unknown !== undefined)
      refuse(index, 'filter.kinds', `"${unknown}" is no kind of signal`, 'Choose one of the known kinds.');
  });
}

export const saveQueues = command({
  name: 'queue.saveDefinitions',
  lane: 'hot',
  permission: 'icp.edit',
  summary: 'Replace the defined queues; they are published at once as a new version.',
  input: QueueDefinitions.extend({ note: plainText(500).default('') }),
  output: Done,
  async run({ tx, actor, now }, { queues, note }) {
    assertSound({ queues });
    const body = { queues };
    const saved = await saveDraft(tx, { kind: 'queues', body, note, authorId: actor.id, now });
    await publishDocument(tx, { ...saved, note, now });
    return {
      output: { id: saved.versionId },
      audit: { action: 'queues.published', subjectKind: 'document_version', subjectId: saved.versionId },
      events: [{ kind: 'settings.changed', payload: { what: 'queues' } }],
    };
  },
});
