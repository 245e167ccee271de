import { z } from 'zod'
import { type FieldFault, validationFailed } from '../refusal'
import type { World } from '../world'

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

/** What a handler answers; without a body it is 204. */
export type Answer = { status: 200 | 201 | 204; body?: object }

export type RawCall = { segments: string[]; query: Record<string, string>; body: unknown }

/** One call of the API. Handlers are synchronous, so nothing can come between what they read and what they write. */
export type Route = {
  operation: string
  method: Method
  path: string
  hasBody: boolean
  /** @throws Refusal */
  run: (world: World, call: RawCall) => Answer
}

/** `[settings, jbh_time]` → `settings.jbh_time` */
const toFault = (issue: z.core.$ZodIssue): FieldFault => ({
  field: [...issue.path, ...(issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])].map(String).join('.'),
  message: 'Invalid field.',
})

/** @throws Refusal 300 with every field that is unknown or cannot be. */
const parse = <Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> => {
  const result = schema.safeParse(value)
  if (!result.success) throw validationFailed(result.error.issues.map(toFault))
  return result.data
}

const nothing = z.strictObject({})

export const route = <QuerySchema extends z.ZodType = typeof nothing, BodySchema extends z.ZodType = z.ZodUndefined>({
  operation,
  method,
  path,
  query,
  body,
  handle,
}: {
  operation: string
  method: Method
  /** Under `/v2`; `:` stands for one segment. */
  path: string
  query?: QuerySchema
  body?: BodySchema
  handle: (
    world: World,
    call: { segments: readonly string[]; query: z.output<QuerySchema>; body: z.output<BodySchema> },
  ) => Answer
}): Route => ({
  operation,
  method,
  path: `/v2${path}`,
  hasBody: body !== undefined,
  run: (world, call) =>
    handle(world, {
      segments: call.segments,
      query: parse(query ?? nothing, call.query) as z.output<QuerySchema>,
      body: parse(body ?? z.undefined(), call.body) as z.output<BodySchema>,
    }),
})
