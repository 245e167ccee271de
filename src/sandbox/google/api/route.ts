import { z } from 'zod'
import type { CalendarScope } from '../oauth/scopes'
import type { World } from '../world'
import { parseBody, parseQuery, type Query } from './parse-call'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** On whose behalf a call is made. */
export type Caller = { email: string; scopes: readonly string[] }

/** Headers that say on which version a call insists. */
export type Conditions = { ifMatch: string | null; ifNoneMatch: string | null }

export type RawCall = { caller: Caller; segments: string[]; query: Query; body: unknown; conditions: Conditions }

/** What a handler answers: a resource, `null` for 204, or that the caller's version is still the latest (304). */
export type Answer = { resource: object | null; etag?: string | null | undefined; isUnchanged?: boolean }

/** One call of the API. Handlers are synchronous, so nothing can come between what they read and what they write. */
export type Route = {
  operation: string
  method: Method
  path: string
  /** One of them has to be granted. */
  scopes: readonly CalendarScope[]
  hasBody: boolean
  /** @throws Refusal */
  run: (world: World, call: RawCall) => Answer
}

type Definition<QuerySchema extends z.ZodType, BodySchema extends z.ZodType> = {
  operation: string
  method: Method
  /** Below `/calendar/v3`; `:` stands for one segment. */
  path: string
  scopes: readonly CalendarScope[]
  query?: QuerySchema
  /** Parameters that may come more than once. */
  repeated?: readonly string[]
  body?: BodySchema
  handle: (
    world: World,
    call: {
      caller: Caller
      segments: readonly string[]
      query: z.output<QuerySchema>
      body: z.output<BodySchema>
      conditions: Conditions
    },
  ) => Answer
}

const nothing = z.strictObject({})

export const route = <QuerySchema extends z.ZodType = typeof nothing, BodySchema extends z.ZodType = z.ZodUndefined>({
  operation,
  method,
  path,
  scopes,
  query,
  repeated = [],
  body,
  handle,
}: Definition<QuerySchema, BodySchema>): Route => ({
  operation,
  method,
  path: `/calendar/v3${path}`,
  scopes,
  hasBody: body !== undefined,
  run: (world, call) =>
    handle(world, {
      ...call,
      query: parseQuery(query ?? nothing, call.query, repeated) as z.output<QuerySchema>,
      body: parseBody(body ?? z.undefined(), call.body) as z.output<BodySchema>,
    }),
})
