import { z } from 'zod'
import { json } from '../support/answer'
import { defineEndpoint } from '../support/define-endpoint'
import type { Operation } from '../support/operation'
import { buildOpenapi } from '../support/openapi'

/** Describes `operations` and itself. */
export const defineOpenapi = (operations: readonly Operation[]): Operation => {
  let document: Record<string, unknown> | undefined
  const operation: Operation = defineEndpoint({
    method: 'get',
    path: '/openapi.json',
    operationId: 'getOpenapi',
    tag: 'Machines',
    summary: 'This document',
    answers: { 200: { description: 'OpenAPI 3.1', schema: z.looseObject({ openapi: z.string() }) } },
    refusals: [],
    isStandalone: true,
    handle: () => {
      document ??= buildOpenapi([...operations, operation])
      return json(document, { headers: { 'Cache-Control': 'public, max-age=300' } })
    },
  })
  return operation
}
