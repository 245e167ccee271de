import type { SanitizedConfig } from 'payload'
import { z } from 'zod'
import { json } from '../support/answer'
import { defineEndpoint } from '../support/define-endpoint'
import { buildOpenapi } from '../support/openapi'
import { operationsOf } from '../support/operations-of'

/** Composed once, like the configuration that it describes. */
const documents = new WeakMap<SanitizedConfig, Record<string, unknown>>()

const documentOf = (config: SanitizedConfig): Record<string, unknown> => {
  const document = documents.get(config) ?? buildOpenapi(operationsOf(config))
  documents.set(config, document)
  return document
}

export const getOpenapiEndpoint = defineEndpoint({
  method: 'get',
  path: '/openapi.json',
  operationId: 'getOpenapi',
  tag: 'Machines',
  summary: 'This document',
  answers: { 200: { description: 'OpenAPI 3.1', schema: z.looseObject({ openapi: z.string() }) } },
  refusals: [],
  isStandalone: true,
  handle: ({ req }) => json(documentOf(req.payload.config), { headers: { 'Cache-Control': 'public, max-age=300' } }),
})
