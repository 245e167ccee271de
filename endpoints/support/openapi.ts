import { z } from 'zod'
import { type ErrorCode, errorCodes } from '#shared/errors'
import type { Operation } from './define-endpoint'

type Json = Record<string, unknown>

/** Schemas with an id (`meta({ id })`) become components; everything else stands where it is used. */
const toSchema = (schema: z.ZodType, io: 'input' | 'output', components: Map<string, Json>): Json => {
  const {
    $schema: _dialect,
    $defs,
    ...json
  } = z.toJSONSchema(schema, {
    io,
    // Transformations (text → epoch ms) have no schema of their own; what goes in or out over HTTP is text.
    unrepresentable: 'any',
    reused: 'inline',
  }) as Json & { $defs?: Record<string, Json> }
  for (const [id, definition] of Object.entries($defs ?? {})) components.set(id, definition)
  return JSON.parse(JSON.stringify(json).replaceAll('#/$defs/', '#/components/schemas/')) as Json
}

const parametersOf = (
  schema: z.ZodType | undefined,
  place: 'path' | 'query',
  components: Map<string, Json>,
): Json[] => {
  if (!schema) return []
  const json = toSchema(schema, 'input', components) as { properties?: Record<string, Json>; required?: string[] }
  return Object.entries(json.properties ?? {}).map(([name, property]) => {
    const { description, ...rest } = property
    return {
      name,
      in: place,
      required: place === 'path' || (json.required ?? []).includes(name),
      ...(description ? { description } : {}),
      schema: rest,
    }
  })
}

const idempotencyKey: Json = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same key with the same body gets the first answer again, byte for byte.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
}

const problemAnswers = (codes: readonly ErrorCode[]): Json => {
  const byStatus = Map.groupBy(new Set<ErrorCode>([...codes, 'internal_error']), (code) => errorCodes[code].status)
  return Object.fromEntries(
    [...byStatus].map(([status, same]) => [
      status,
      {
        description: same.map((code) => `\`${code}\`: ${errorCodes[code].title}`).join('  \n'),
        ...(status === 429
          ? { headers: { 'Retry-After': { schema: { type: 'integer' }, description: 'Seconds' } } }
          : {}),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  )
}

const securityOf = (operation: Operation): Json[] => {
  const login = [{ login: [] }, { cookie: [] }]
  if (operation.security === 'login') return login
  return operation.security === 'token or login' ? [{ manageToken: [] }, ...login] : []
}

const describeOperation = (operation: Operation, components: Map<string, Json>): Json => ({
  operationId: operation.operationId,
  tags: [operation.tag],
  summary: operation.summary,
  ...(operation.description ? { description: operation.description } : {}),
  security: securityOf(operation),
  parameters: [
    ...parametersOf(operation.params, 'path', components),
    ...parametersOf(operation.query, 'query', components),
    ...(operation.isIdempotent ? [idempotencyKey] : []),
  ],
  ...(operation.body
    ? {
        requestBody: {
          required: true,
          content: { 'application/json': { schema: toSchema(operation.body, 'input', components) } },
        },
      }
    : {}),
  responses: {
    ...Object.fromEntries(
      Object.entries(operation.answers).map(([status, { description, schema, contentType }]) => [
        status,
        {
          description,
          ...(schema
            ? { content: { [contentType ?? 'application/json']: { schema: toSchema(schema, 'output', components) } } }
            : contentType
              ? { content: { [contentType]: { schema: { type: 'string' } } } }
              : {}),
        },
      ]),
    ),
    ...problemAnswers(operation.refusals),
  },
})

const problemSchema = z.object({
  type: z.url(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  requestId: z.string().optional(),
})

/** The OpenAPI 3.1 document of the booking API, from the same table and schemas that serve it. */
export const buildOpenapi = (operations: readonly Operation[]): Json => {
  const components = new Map<string, Json>()
  const paths: Record<string, Json> = {}
  for (const operation of operations) {
    const path = `/api${operation.path.replaceAll(/:(\w+)(?:\([^)]*\))?/g, '{$1}')}`
    paths[path] = { ...paths[path], [operation.method]: describeOperation(operation, components) }
  }
  const { $schema: _dialect, ...problem } = z.toJSONSchema(problemSchema)
  return {
    openapi: '3.1.0',
    info: {
      title: 'Parley booking API',
      version: '1.0.0',
      description:
        'The flows of booking a consultation. Records are read and edited through the generated REST (`/api/<collection>`) and GraphQL (`/api/graphql`).',
    },
    servers: [{ url: '/' }],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: { Problem: problem, ...Object.fromEntries(components) },
      securitySchemes: {
        manageToken: {
          type: 'http',
          scheme: 'bearer',
          description: 'The `manageToken` of a booking or request, or `?token=`',
        },
        login: {
          type: 'apiKey',
          in: 'header',
          name: 'Authorization',
          description: '`JWT <token>` from `POST /api/users/login`',
        },
        cookie: { type: 'apiKey', in: 'cookie', name: 'payload-token' },
      },
    },
  }
}
