import type { z } from 'zod'
import { parseParams } from '../params'
import type { FormObject } from '../parse-form'
import type { World } from '../world'

export type Method = 'GET' | 'POST' | 'DELETE'

/** One call of the API. Handlers are synchronous, so nothing can come between what they read and what they write. */
export type Route = {
  method: Method
  /** Under `/v1`, with `:id` for the id of the object, and `:part` for that of a part of it. */
  path: string
  /** Whether the platform may call it in the name of a connected account. */
  forAccounts: boolean
  /** @throws Refusal; for parameters that the route does not know before anything is done. */
  prepare: (params: FormObject) => (world: World, target: CallTarget) => object
}

/** What a call is about. */
export type CallTarget = {
  /** Empty where the path names no object. */
  id: string
  part: string
  /** The connected account in whose name it is made. */
  account: string | null
}

export const route = <Schema extends z.ZodType>({
  method,
  path,
  params: schema,
  forAccounts = false,
  handle,
}: {
  method: Method
  path: string
  params: Schema
  forAccounts?: boolean
  handle: (world: World, call: CallTarget & { params: z.output<Schema> }) => object
}): Route => ({
  method,
  path,
  forAccounts,
  prepare: (raw) => {
    const params = parseParams(schema, raw)
    return (world, target) => handle(world, { ...target, params })
  },
})
