import { z } from 'zod'
import { type ErrorCode, errorCodes } from '#shared/errors'
import type { DescribedAnswer, Operation } from './operation'
import { allRefusals } from './frame-refusals'
import type { Json, SchemaComponents } from './schema-components'

const problem = z
  .object({
    type: z.url(),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('For people'),
    code: z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]).describe('For programs'),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .describe('What is wrong with the input, by dotted path'),
    challenge: z
      .object({
        algorithm: z.string(),
        challenge: z.string().describe('The hash of the salt with the number behind it, in hexadecimal'),
        salt: z.string(),
        signature: z.string(),
        maxnumber: z.int().describe('The number is not larger'),
      })
      .optional()
      .describe(
        'Of `challenge_required`: find the number, and send the same request with `{ algorithm, challenge, number, salt, signature }` in the header `Parley-Challenge`, as JSON in base64 (ALTCHA).',
      ),
    requestId: z.string().optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457' })

const headerRefs: Json = { 'X-Request-Id': { $ref: '#/components/headers/RequestId' } }

/** What `headerRefs` and the refusals point at. */
export const headerComponents: Json = {
  RequestId: {
    description: "The caller's `X-Request-Id`, or a new one; it stands in the log as well.",
    schema: { type: 'string' },
  },
  RetryAfter: { description: 'Seconds after which the same can be asked again.', schema: { type: 'integer' } },
}

/** Raw bytes have a media type and no type (OpenAPI 3.1). */
const fileSchema = (contentType: string): Json =>
  contentType.startsWith('text/') ? { type: 'string' } : { contentMediaType: contentType }

const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status)

const describeAnswer = (status: number, answer: DescribedAnswer, schemas: SchemaComponents): Json => {
  const { description, schema, contentType = schema ? 'application/json' : undefined, alsoAs = [], headers } = answer
  const content = {
    ...(contentType === undefined
      ? {}
      : { [contentType]: { schema: schema ? schemas.describe(schema, 'output') : fileSchema(contentType) } }),
    ...Object.fromEntries(alsoAs.map((other) => [other, { schema: fileSchema(other) }])),
  }
  const named = Object.entries(headers ?? {}).map(([name, meaning]) => [
    name,
    { description: meaning, required: isRedirect(status) && name === 'Location', schema: { type: 'string' } },
  ])
  return {
    description,
    headers: { ...headerRefs, ...Object.fromEntries(named) },
    ...(Object.keys(content).length ? { content } : {}),
  }
}

const tagMeaning = 'Names this content, for `If-None-Match`; answers to a login have none.'

const mayRetry: readonly ErrorCode[] = ['rate_limited', 'unavailable']

const describeRefusal = (codes: readonly ErrorCode[], isPage: boolean, schemas: SchemaComponents): Json => ({
  description: codes.map((code) => `\`${code}\`: ${errorCodes[code].title}`).join('  \n'),
  headers: {
    ...headerRefs,
    ...(codes.some((code) => mayRetry.includes(code))
      ? { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } }
      : {}),
  },
  content: {
    'application/problem+json': { schema: schemas.describe(problem, 'output') },
    ...(isPage ? { 'text/html': { schema: fileSchema('text/html') } } : {}),
  },
})

/** Everything that an operation can answer: what it declares, and what it and the frame refuse, by status. */
export const describeResponses = (operation: Operation, schemas: SchemaComponents): Json => {
  const answers = Object.entries(operation.answers).map(([status, answer]) => {
    const shown =
      operation.sharing && status === '200' ? { ...answer, headers: { ...answer.headers, ETag: tagMeaning } } : answer
    return [status, describeAnswer(Number(status), shown, schemas)] as const
  })
  if (operation.sharing) {
    answers.push(['304', describeAnswer(304, { description: 'What `If-None-Match` names is still right' }, schemas)])
  }
  const byStatus = Map.groupBy(allRefusals(operation), (code) => errorCodes[code].status)
  const refusals = [...byStatus].map(([status, codes]) => {
    if (operation.answers[status]) throw new Error(`${operation.operationId} says twice what ${status} is.`)
    return [String(status), describeRefusal(codes, operation.refusalsAs === 'page', schemas)] as const
  })
  return Object.fromEntries([...answers, ...refusals])
}
