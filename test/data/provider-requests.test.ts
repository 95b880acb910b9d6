import type { KnownFacts, ProviderRequest } from '@penstock/enrichment/provider-port';
import { providerAdapters } from '@penstock/providers/registry';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, it } from 'vitest';
import { z } from 'zod';

import { referenceJson } from './reference.ts';

const ajv = new Ajv2020({ strict: false, coerceTypes: true, allErrors: true });
addFormats.default(ajv);

const Parameter = z.object({
  name: z.string(),
  in: z.string().optional(),
  loc: z.string().optional(),
  schema: z.record(z.string(), z.unknown()).optional(),
});
const Operation = z.object({
  parameters: z.array(Parameter).optional(),
  requestBody: z
    .object({
      content: z.object({ 'application/json': z.object({ schema: z.record(z.string(), z.unknown()) }) }),
    })
    .optional(),
});
const Specification = z.object({ paths: z.record(z.string(), z.record(z.string(), Operation)) });
const Contracts = z.object({
  zeroBounce: z.record(
    z.string(),
    z.object({ method: z.string(), path: z.string(), params: z.array(Parameter) }),
  ),
});

const everything: KnownFacts = {
  givenName: 'Zoë',
  familyName: 'O’Brien-Müller',
  companyName: 'H & L Société',
  companyDomain: 'h-l.example',
  email: 'zoe+test@h-l.example',
  linkedinUrl: 'https://profiles.example/in/zoe?x=1&y=2',
};

/** For each capability: everything known, and each of its minimal alternatives. */
function requestsOf(provider: string): { capability: string; request: ProviderRequest }[] {
  const adapter = providerAdapters.get(provider);
  if (!adapter) throw new TypeError(`no provider ${provider}`);
  return adapter.manifest.capabilities.flatMap(({ id, needs }) =>
    [
      everything,
      ...needs.map((names) => Object.fromEntries(names.map((name) => [name, everything[name]]))),
    ].map((known) => ({
      capability: id,
      request: adapter.buildRequest(id, known),
    })),
  );
}

function expectValid(schema: Record<string, unknown>, value: unknown, name: string): void {
  const validate = ajv.compile(schema);
  validate(value);
  expect({ name, errors: validate.errors }).toEqual({ name, errors: null });
}

it('every request to People Data Labs keeps to its specification', (context) => {
  const { paths } = Specification.parse(
    referenceJson(context, 'provider-specs/peopledatalabs/pdl-specs.json'),
  );
  const requests = requestsOf('people-data-labs');
  expect(requests.length).toBeGreaterThan(3);
  for (const { request } of requests) {
    const url = new URL(request.path, 'https://api.peopledatalabs.com');
    const operation = paths[url.pathname]?.[request.method.toLowerCase()];
    expect({ path: url.pathname, known: operation !== undefined }).toMatchObject({ known: true });
    const schema = operation?.requestBody?.content['application/json'].schema;
    if (schema) expectValid({ ...schema, additionalProperties: false }, request.body, url.pathname);
    const parameters = operation?.parameters ?? [];
    for (const [name, value] of url.searchParams) {
      const parameter = parameters.find((each) => each.name === name && each.in === 'query');
      expect({ name, known: parameter !== undefined }).toEqual({ name, known: true });
      expectValid(
        { type: 'object', properties: { [name]: parameter?.schema ?? {} } },
        { [name]: value },
        name,
      );
    }
  }
});

/** The specification still has the paths of before `/v1/people/`, and another word for a validation. */
const LEADMAGIC_PATHS: Record<string, string> = {
  'email-finder': '/email-finder',
  'mobile-finder': '/mobile-finder',
  'email-validation': '/email-validate',
  'company-search': '/company-search',
  'employee-finder': '/employee-finder',
};

it('every request to LeadMagic keeps to its specification', (context) => {
  const { paths } = Specification.parse(
    referenceJson(context, 'provider-specs/leadmagic/leadmagic-openapi-3.1.json'),
  );
  for (const { capability, request } of requestsOf('leadmagic')) {
    // Later than this specification; the vendor's own page of it has these fields.
    if (capability === 'job-change-detector') continue;
    const operation = paths[LEADMAGIC_PATHS[capability] ?? '']?.[request.method.toLowerCase()];
    const schema = operation?.requestBody?.content['application/json'].schema;
    expect({ capability, known: schema !== undefined }).toEqual({ capability, known: true });
    // Unknown properties would be ignored in silence: refuse them here.
    expectValid({ ...schema, additionalProperties: false }, request.body, capability);
  }
});

it('every request to ZeroBounce keeps to its documented contract', (context) => {
  const { zeroBounce } = Contracts.parse(referenceJson(context, 'provider-specs/mindcloud-contracts.json'));
  const balance = providerAdapters.get('zerobounce')?.balance?.request;
  const requests = [...requestsOf('zerobounce').map(({ request }) => request), ...(balance ? [balance] : [])];
  for (const request of requests) {
    const url = new URL(request.path, 'https://api.zerobounce.net');
    const contract = Object.values(zeroBounce).find(
      (each) => each.method === request.method && each.path === url.pathname,
    );
    const names = contract?.params.map(({ name }) => name) ?? [];
    expect({ path: url.pathname, known: contract !== undefined, names }).toMatchObject({
      path: url.pathname,
      known: true,
    });
    for (const name of url.searchParams.keys()) expect(names).toContain(name);
  }
});
