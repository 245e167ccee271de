import type { z } from 'zod'
import type { Operation } from './operation'
import { describeResponses, headerComponents } from './describe-responses'
import { createSchemaComponents, type Json, type SchemaComponents } from './schema-components'

const parametersOf = (schema: z.ZodType | undefined, place: 'path' | 'query', schemas: SchemaComponents): Json[] => {
  if (!schema) return []
  const json = schemas.describe(schema, 'input') as { properties?: Record<string, Json>; required?: string[] }
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
  schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' },
}

const challengeSolution: Json = {
  name: 'Parley-Challenge',
  in: 'header',
  required: false,
  description:
    'After `challenge_required`: the challenge with the number that was found, `{ algorithm, challenge, number, salt, signature }`, as JSON in base64. Good once, for the operation that asked for it, within five minutes.',
  schema: { type: 'string', maxLength: 2_000 },
}

const securityOf = (operation: Operation): Json[] => {
  const login = [{ login: [] }, { cookie: [] }]
  if (operation.security === 'login') return login
  return operation.security === 'token or login' ? [{ manageToken: [] }, ...login] : []
}

const describeOperation = (operation: Operation, schemas: SchemaComponents): Json => ({
  operationId: operation.operationId,
  tags: [operation.tag],
  summary: operation.summary,
  ...(operation.description ? { description: operation.description } : {}),
  security: securityOf(operation),
  parameters: [
    ...parametersOf(operation.params, 'path', schemas),
    ...parametersOf(operation.query, 'query', schemas),
    ...(operation.isIdempotent ? [idempotencyKey] : []),
    ...(operation.refusals.includes('challenge_required') ? [challengeSolution] : []),
  ],
  ...(operation.body
    ? {
        requestBody: {
          // No body at all is read as `{}`.
          required: !operation.body.safeParse({}).success,
          content: { 'application/json': { schema: schemas.describe(operation.body, 'input') } },
        },
      }
    : {}),
  responses: describeResponses(operation, schemas),
})

const toPath = ({ path }: Operation): string => `/api${path.replaceAll(/:(\w+)(?:\([^)]*\))?/g, '{$1}')}`

/**
 * The OpenAPI 3.1 document of any list of operations, from the same table and schemas that serve them.
 * @throws Error when two operations, or two schemas, take the same name.
 */
export const buildOpenapi = (operations: readonly Operation[]): Json => {
  const schemas = createSchemaComponents()
  const paths: Record<string, Json> = {}
  const ids = new Set<string>()
  for (const operation of operations) {
    const { method, operationId } = operation
    const path = toPath(operation)
    if (paths[path]?.[method] !== undefined || ids.has(operationId)) {
      throw new Error(`There are two operations ${operationId}, or two at ${method.toUpperCase()} ${path}.`)
    }
    ids.add(operationId)
    paths[path] = { ...paths[path], [method]: describeOperation(operation, schemas) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Parley booking API',
      version: '1.0.0',
      description: [
        'The flows of booking a consultation. Records are read and edited through the generated REST (`/api/<collection>`) and GraphQL (`/api/graphql`).',
        'Bodies are read as JSON, whatever `Content-Type` says. Another method at one of these addresses is answered with 405 `method_not_allowed` and `Allow`, an address that does not exist with 404 `not_found`, and a change that a page of another origin than `SERVER_URL` and `CORS_ORIGINS` sends with 403 `forbidden`; all are problem documents.',
      ].join('\n\n'),
    },
    servers: [{ url: '/' }],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: schemas.collected(),
      headers: headerComponents,
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
