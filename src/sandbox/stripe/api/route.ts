import type { z } from 'zod'
import { parseParams } from '../params'
import type { FormObject } from '../parse-form'
import type { World } from '../world'

export type Method = 'GET' | 'POST' | 'DELETE'

/** One call of the API. Handlers are synchronous, so nothing can come between what they read and what they write. */
export type Route = {
  method: Method
  /** Under `/v1`, with `:id` for the id of the object. */
  path: string
  /** @throws Refusal; for parameters that the route does not know before anything is done. */
  prepare: (params: FormObject) => (world: World, id: string) => object
}

export const route = <Schema extends z.ZodType>({
  method,
  path,
  params: schema,
  handle,
}: {
  method: Method
  path: string
  params: Schema
  handle: (world: World, call: { id: string; params: z.output<Schema> }) => object
}): Route => ({
  method,
  path,
  prepare: (raw) => {
    const params = parseParams(schema, raw)
    return (world, id) => handle(world, { id, params })
  },
})
