import { randomBytes } from 'node:crypto';

import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import { Done, plainText } from '@penstock/kernel/contract';
import { command, query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { FormRow, LeadIntent } from '../contracts.ts';

const Origins = z
  .array(
    z
      .string()
      .trim()
      .regex(/^https?:\/\/[^/\s]+$/, 'is not a web origin like https://www.example.com'),
  )
  .max(50);
const FormName = plainText(80).pipe(z.string().min(1, 'is missing'));
const LENGTH_BYTES = 12;

export const listForms = query({
  name: 'settings.forms',
  lane: 'records',
  permission: 'settings.read',
  summary: 'Forms with their public key and hosted page.',
  input: z.object({}),
  output: z.object({ items: z.array(FormRow) }),
  async run({ tx }) {
    const where = { workspaceId: tx.workspaceId };
    const forms = await tx.db.form.findMany({ where, orderBy: { createdAt: 'asc' } });
    const counts = await tx.db.lead.groupBy({
      by: ['formId'],
      where: { ...where, isTest: false },
      _count: true,
    });
    return {
      items: forms.map((form) => ({
        id: form.id,
        publicKey: form.publicKey,
        name: form.name,
        intent: LeadIntent.parse(form.intent),
        allowedOrigins: form.allowedOrigins,
        active: form.active,
        hostedPath: `/f/${form.publicKey}`,
        leads: counts.find((count) => count.formId === form.id)?._count ?? 0,
      })),
    };
  },
});

export const createForm = command({
  name: 'settings.createForm',
  lane: 'records',
  permission: 'forms.manage',
  summary: 'Make a form; its public key can be put into any page.',
  input: z.object({ name: FormName, intent: LeadIntent, allowedOrigins: Origins.default([]) }),
  output: Done,
  async run({ tx, now }, input) {
    const taken = await tx.db.form.findFirst({
      where: { workspaceId: tx.workspaceId, name: input.name },
      select: { id: true },
    });
    if (taken) throw new DomainError('conflict', 'A form of this name exists already. Choose another name.');
    const id = newId(now);
    const publicKey = randomBytes(LENGTH_BYTES).toString('base64url');
    await tx.db.form.create({
      data: { workspaceId: tx.workspaceId, id, publicKey, ...input, createdAt: now },
    });
    return {
      output: { id },
      audit: { action: 'form.created', subjectKind: 'form', subjectId: id },
      events: [{ kind: 'settings.changed', payload: { what: 'forms' } }],
    };
  },
});

export const updateForm = command({
  name: 'settings.updateForm',
  lane: 'records',
  permission: 'forms.manage',
  summary: 'Rename a form, change where it may be posted from, or switch it off.',
  input: z.object({
    id: z.uuid(),
    name: FormName.optional(),
    allowedOrigins: Origins.optional(),
    active: z.boolean().optional(),
  }),
  output: Done,
  async run({ tx }, { id, ...changes }) {
    const data = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const { count } = await tx.db.form.updateMany({ where: { workspaceId: tx.workspaceId, id }, data });
    if (count === 0) throw new DomainError('not_found', 'There is no such form in this workspace.');
    return {
      output: { id },
      audit: {
        action: 'form.updated',
        subjectKind: 'form',
        subjectId: id,
        detail: { fields: Object.keys(data) },
      },
      events: [{ kind: 'settings.changed', payload: { what: 'forms' } }],
    };
  },
});
