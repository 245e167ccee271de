import type { Endpoint, PayloadRequest } from 'payload'
import type { z } from 'zod'
import type { LimitName } from '#access/rate-limits'
import type { ErrorCode } from '#shared/errors'
import type { Caller } from './caller'
import type { Sharing } from './share-answer'

export type Schema = z.ZodType
export type Output<S> = S extends Schema ? z.output<S> : undefined

export type Context<P, Q, B> = {
  req: PayloadRequest
  caller: Caller
  params: Output<P>
  query: Output<Q>
  body: Output<B>
}

/** One way in which an operation answers when it does what it was asked for. */
export type DescribedAnswer = {
  description: string
  /** Of a JSON body. Every field that is answered stands in it. */
  schema?: Schema
  /** Of another body, or of JSON that has a name of its own. Neither this nor a schema: there is no body. */
  contentType?: string
  /** Other forms of the same, between which the address or `Accept` decides. */
  alsoAs?: readonly string[]
  /** Headers with a meaning, and what that is. */
  headers?: Readonly<Record<string, string>>
}

export type Description<P, Q, B> = {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** Below `/api`, with `:name` for parameters. */
  path: `/${string}`
  operationId: string
  /** The chapter of the document. */
  tag: string
  summary: string
  description?: string
  params?: P
  query?: Q
  body?: B
  /** Who may call it, in words, for the document. */
  security?: 'none' | 'token or login' | 'login'
  answers: Record<number, DescribedAnswer>
  /** What its own rules refuse; what the frame refuses is added by `frameRefusals`. */
  refusals: readonly ErrorCode[]
  /** People follow a link to it: what its own rules refuse is shown as a page of HTML. */
  refusalsAs?: 'page'
  limit?: LimitName
  /** It answers everybody alike, and caches may keep it. The same words of its query always mean the same: its schema goes by nothing else. */
  sharing?: Sharing
  /** Touches no record, so that it answers while the database is away. */
  isStandalone?: boolean
}

/** One operation of the public API: what it takes and answers, for the router and for the OpenAPI document alike. */
export type Operation = Description<Schema | undefined, Schema | undefined, Schema | undefined> & {
  endpoint: Endpoint
  /** Takes `Idempotency-Key`. */
  isIdempotent: boolean
}
