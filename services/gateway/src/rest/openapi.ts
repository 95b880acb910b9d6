import { z } from 'zod';

import type { RestRoute } from './rest-table.ts';

type Json = Record<string, unknown>;

/** OpenAPI 3.1 of the table, from the contracts that are checked at run time; nothing is written twice. */
export function openApiDocument(table: readonly RestRoute[], serverUrl: string): Json {
  const paths: Record<string, Json> = {};
  for (const route of table) {
    const path = `/v1${route.path}`;
    paths[path] = { ...paths[path], [route.method]: describe(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Penstock',
      version: '1',
      description:
        'Errors are application/problem+json with a request_id. POSTs that create take an Idempotency-Key.',
    },
    servers: [{ url: serverUrl }],
    security: [{ apiKey: [] }],
    components: {
      securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } },
      schemas: { Problem: PROBLEM },
    },
    paths,
  };
}

const PROBLEM: Json = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'request_id'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What is wrong and what to do next.' },
    code: { type: 'string' },
    issues: {
      type: 'array',
      items: {
        type: 'object',
        properties: { field: { type: 'string' }, problem: { type: 'string' }, remedy: { type: 'string' } },
      },
    },
    request_id: { type: 'string' },
  },
};

function describe(route: RestRoute): Json {
  const input = schemaOf(route.operation.input, 'input');
  const properties = (input['properties'] ?? {}) as Record<string, Json>;
  const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  const rest = Object.keys(properties).filter((name) => !inPath.includes(name));
  const required = (input['required'] ?? []) as string[];
  const parameters = [
    ...inPath.map((name) => ({
      name,
      in: 'path',
      required: true,
      schema: properties[name] ?? { type: 'string' },
    })),
    ...(route.method === 'get'
      ? rest.map((name) => ({
          name,
          in: 'query',
          required: required.includes(name),
          schema: properties[name],
        }))
      : []),
    ...(route.creates
      ? [
          {
            name: 'Idempotency-Key',
            in: 'header',
            required: false,
            schema: { type: 'string', maxLength: 200 },
          },
        ]
      : []),
  ];
  return {
    operationId: route.operation.name,
    summary: route.operation.summary,
    description: `Needs the permission \`${route.operation.permission}\`.`,
    parameters,
    ...(route.method !== 'get' &&
      rest.length > 0 && {
        requestBody: { required: true, content: json(bodySchema(properties, rest, required)) },
      }),
    responses: {
      [route.creates ? '201' : '200']: {
        description: 'Done.',
        content: json(schemaOf(route.operation.output, 'output')),
      },
      default: {
        description: 'Refused.',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

const json = (schema: Json) => ({ 'application/json': { schema } });

const bodySchema = (
  properties: Record<string, Json>,
  names: readonly string[],
  required: readonly string[],
): Json => ({
  type: 'object',
  properties: Object.fromEntries(names.map((name) => [name, properties[name]])),
  required: names.filter((name) => required.includes(name)),
});

function schemaOf(shape: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, { io, unrepresentable: 'any' });
  return schema;
}
