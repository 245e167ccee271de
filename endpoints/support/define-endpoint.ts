import type { Endpoint, PayloadRequest } from 'payload'
import { DomainError } from '#shared/errors'
import { settings } from '#settings'
import { callerOf } from './caller'
import { checkAnswer, checkRefusal } from './check-answer'
import { parsePart } from './parse-part'
import { type Answer, toResponse } from './answer'
import { shareAnswer, type Sharing } from './share-answer'
import { problemResponse, toDomainError } from './problem-response'
import { noteRefusal } from '#observability/note'
import { readerKindOf, queryBounds } from '#access/query-bounds'
import { enforceLimit, type LimitName } from '#access/rate-limits'
import { answerOnce, type Stage } from './answer-once'
import { boundReading } from '#shared/operation'
import type { Context, Description, Operation, Output, Schema } from './operation'

/** The largest JSON body in bytes; no request of ours comes near it. */
export const maxBodyBytes = 256 * 1024

const readBody = async (req: PayloadRequest): Promise<{ text: string; json: unknown }> => {
  const text = (await req.text?.()) ?? ''
  if (Buffer.byteLength(text) > maxBodyBytes) {
    throw new DomainError('payload_too_large', `The body may be at most ${maxBodyBytes / 1024} KiB.`)
  }
  if (!text.trim()) return { text, json: {} }
  try {
    return { text, json: JSON.parse(text) as unknown }
  } catch {
    throw new DomainError('invalid_request', 'The body is not valid JSON.')
  }
}

/** Zod answers `unknown` for a schema that is only known as a type parameter; its output type is what we declared. */
const parseWith = <S extends Schema | undefined>(schema: S, part: string, value: unknown): Output<S> =>
  (schema ? parsePart(schema, part, value) : undefined) as Output<S>

/** Of each operation that answers everybody alike; beyond these, all are forgotten. */
const mostKnownQueries = 500
const longestKnownQuery = 1_000

/** Parses queries. Of an operation that answers everybody alike, once for all who ask in the same words: they are given the very same, frozen. */
const createQueryParser = <Q extends Schema | undefined>(
  schema: Q,
  sharing: Sharing | undefined,
): ((req: PayloadRequest) => Output<Q>) => {
  const known = new Map<string, Output<Q>>()
  const parse = (req: PayloadRequest): Output<Q> => parseWith(schema, 'query', schema && readQuery(req))
  if (!sharing) return parse
  const { personalWith } = sharing
  return (req) => {
    const { search: words } = req
    if (words === undefined || words.length > longestKnownQuery) return parse(req)
    const before = known.get(words)
    if (before) return before
    const query = parse(req)
    if (personalWith !== undefined && req.searchParams.has(personalWith)) return query
    if (known.size >= mostKnownQueries) known.clear()
    Object.freeze(query)
    known.set(words, query)
    return query
  }
}

type Handler<C> = (context: C) => Promise<Answer> | Answer

/** An empty value is as good as none: that is what a form sends for a field that was left empty. */
const readQuery = (req: PayloadRequest): Record<string, string> => {
  const entries: [string, string][] = []
  req.searchParams.forEach((value, name) => {
    if (value !== '') entries.push([name, value])
  })
  return Object.fromEntries(entries)
}

const route = <P extends Schema | undefined, Q extends Schema | undefined, B extends Schema | undefined>(
  description: Description<P, Q, B>,
  isIdempotent: boolean,
  run: (context: Context<P, Q, B>, rawBody: string) => Promise<Answer>,
): Operation => {
  const parseQuery = createQueryParser(description.query as Q, description.sharing)
  const answer = async (req: PayloadRequest): Promise<Answer> => {
    const caller = callerOf(req)
    if (description.method === 'get') boundReading({ statementMs: queryBounds[readerKindOf(req)].statementMs })
    if (description.limit) await enforceLimit(description.limit, caller)
    const params = parseWith(description.params as P, 'path', req.routeParams ?? {})
    const query = parseQuery(req)
    const { text, json } = description.body ? await readBody(req) : { text: '', json: undefined }
    const body = parseWith(description.body as B, 'body', json)
    return run({ req, caller, params, query, body }, text)
  }
  const operation: Operation = {
    ...description,
    isIdempotent,
    endpoint: {
      method: description.method,
      path: description.path,
      handler: async (req) => {
        try {
          const given = settings.checksAnswers ? await checked(operation, answer(req)) : await answer(req)
          return toResponse(shareAnswer(req, description.sharing, given))
        } catch (error) {
          noteRefusal(description.operationId, toDomainError(error)?.code ?? 'internal_error')
          return problemResponse(req, error)
        }
      },
    },
  }
  byHandler.set(operation.endpoint.handler, operation)
  return operation
}

/** The same operation with a rate limit, where it names none itself. */
export const withLimit = (operation: Operation, limit: LimitName): Operation =>
  operation.limit
    ? operation
    : wrapOperation({ ...operation, limit }, (handler) => async (req) => {
        try {
          await enforceLimit(limit, callerOf(req))
        } catch (error) {
          return problemResponse(req, error)
        }
        return handler(req)
      })

/** The same operation with something around its handler, which the document says nothing of. */
export const wrapOperation = (
  operation: Operation,
  wrap: (handler: Endpoint['handler']) => Endpoint['handler'],
): Operation => {
  const { endpoint } = operation
  const wrapped = { ...operation, endpoint: { ...endpoint, handler: wrap(endpoint.handler) } }
  byHandler.set(wrapped.endpoint.handler, wrapped)
  return wrapped
}

const byHandler = new WeakMap<Endpoint['handler'], Operation>()

/** The operation that stands behind an endpoint of the configuration; undefined for an endpoint that was not defined here. */
export const operationOf = ({ handler }: Endpoint): Operation | undefined => byHandler.get(handler)

/** Nothing is answered, and nothing refused, that the document does not say. Costs as much as many an answer, so not in production. */
const checked = async (operation: Operation, pending: Promise<Answer>): Promise<Answer> => {
  try {
    const answer = await pending
    checkAnswer(operation, answer)
    return answer
  } catch (error) {
    const refusal = toDomainError(error)
    if (refusal) checkRefusal(operation, refusal)
    throw error
  }
}

/** An operation that reads, or that is idempotent by nature. */
export const defineEndpoint = <
  P extends Schema | undefined = undefined,
  Q extends Schema | undefined = undefined,
  B extends Schema | undefined = undefined,
>(
  description: Description<P, Q, B> & { handle: Handler<Context<P, Q, B>> },
): Operation => route(description, false, async (context) => description.handle(context))

/**
 * An operation that takes `Idempotency-Key`. `handle` runs inside one transaction, in which the answer is stored as well;
 * it may name a `subject` instead of answering, when the answer needs a call to the outside world: then `finish` runs after
 * the commit (again on a retry, so it must be repeatable) and its answer is stored.
 */
export const defineCommand = <
  P extends Schema | undefined = undefined,
  Q extends Schema | undefined = undefined,
  B extends Schema | undefined = undefined,
  Seen = undefined,
>(
  description: Description<P, Q, B> & {
    /** Looks at the outside world before the transaction, also when the first answer is then only repeated. */
    look?: (context: Context<P, Q, B>) => Promise<Seen>
    handle: (context: Context<P, Q, B> & { seen: Seen | undefined }) => Promise<Stage>
    finish?: (context: Context<P, Q, B> & { subject: string }) => Promise<Answer>
  },
): Operation => {
  const { finish } = description
  return route(description, true, async (context, rawBody) => {
    const seen = await description.look?.(context)
    return answerOnce({
      req: context.req,
      caller: context.caller,
      operation: `${description.method} ${new URL(context.req.url ?? '', 'http://localhost').pathname}`,
      rawBody,
      run: (req) => description.handle({ ...context, req, seen }),
      finish: finish && (({ req, subject }) => finish({ ...context, req, subject })),
    })
  })
}
