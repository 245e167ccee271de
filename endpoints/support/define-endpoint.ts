import type { Endpoint, PayloadRequest } from 'payload'
import type { z } from 'zod'
import { DomainError, type ErrorCode } from '#shared/errors'
import { callerOf, type Caller } from './caller'
import { parsePart } from './parse-part'
import { type Answer, type AnswerOptions, toResponse } from './answer'
import { problemResponse } from './problem-response'
import { enforceLimit, type LimitName } from '#access/rate-limits'
import { answerOnce, type Stage } from './answer-once'

type Schema = z.ZodType
type Output<S> = S extends Schema ? z.output<S> : undefined

export type Context<P, Q, B> = {
  req: PayloadRequest
  caller: Caller
  params: Output<P>
  query: Output<Q>
  body: Output<B>
}

type Description<P, Q, B> = {
  method: 'get' | 'post' | 'delete'
  /** Below `/api`, with `:name` for parameters. */
  path: `/${string}`
  operationId: string
  tag: 'Browse' | 'Book' | 'Requests' | 'Staff' | 'Payments' | 'Calendar' | 'Machines'
  summary: string
  description?: string
  params?: P
  query?: Q
  body?: B
  /** Who may call it, in words, for the document. */
  security?: 'none' | 'token or login' | 'login'
  answers: Record<number, { description: string; schema?: Schema; contentType?: string }>
  refusals: readonly ErrorCode[]
  limit?: LimitName
}

/** One operation of the public API: what it takes and answers, for the router and for the OpenAPI document alike. */
export type Operation = Description<Schema | undefined, Schema | undefined, Schema | undefined> & {
  endpoint: Endpoint
  /** Takes `Idempotency-Key`. */
  isIdempotent: boolean
}

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

type Handler<C> = (context: C) => Promise<Answer> | Answer

/** An empty value is as good as none: that is what a form sends for a field that was left empty. */
const readQuery = (req: PayloadRequest): Record<string, string> =>
  Object.fromEntries([...req.searchParams].filter(([, value]) => value !== ''))

const route = <P extends Schema | undefined, Q extends Schema | undefined, B extends Schema | undefined>(
  description: Description<P, Q, B>,
  isIdempotent: boolean,
  run: (context: Context<P, Q, B>, rawBody: string) => Promise<Answer>,
): Operation => ({
  ...description,
  isIdempotent,
  endpoint: {
    method: description.method,
    path: description.path,
    handler: async (req) => {
      try {
        const caller = callerOf(req)
        if (description.limit) await enforceLimit(description.limit, caller)
        const params = parseWith(description.params as P, 'path', req.routeParams ?? {})
        const query = description.query
          ? parseWith(description.query, 'query', readQuery(req))
          : (undefined as Output<Q>)
        const { text, json } = description.body ? await readBody(req) : { text: '', json: undefined }
        const body = parseWith(description.body as B, 'body', json)
        return toResponse(await run({ req, caller, params, query, body }, text))
      } catch (error) {
        return problemResponse(req, error)
      }
    },
  },
})

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

export type { Answer, AnswerOptions }
