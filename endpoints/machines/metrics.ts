import { settings } from '#settings'
import { isBearerOf } from '#observability/is-bearer-of'
import { tellMetrics } from '#observability/measure'
import { DomainError } from '#shared/errors'
import { defineEndpoint } from '../support/define-endpoint'

/** Without the token nobody is told that there is anything here. */
export const getMetricsEndpoint = defineEndpoint({
  method: 'get',
  path: '/metrics',
  operationId: 'getMetrics',
  tag: 'Machines',
  summary: 'Metrics of this process, for Prometheus',
  description:
    'Takes the token of the setting `METRICS_TOKEN` as `Authorization: Bearer …`; without it there is nothing here.',
  answers: { 200: { description: 'In the text format of Prometheus', contentType: 'text/plain' } },
  refusals: ['not_found'],
  isStandalone: true,
  handle: async ({ req }) => {
    const token = settings.metrics?.token
    const isAllowed = token !== undefined && isBearerOf(req.headers.get('authorization'), token)
    const told = isAllowed ? await tellMetrics() : undefined
    if (!told) throw new DomainError('not_found', 'There is nothing at this address.')
    return { status: 200, body: told.text, contentType: told.contentType }
  },
})
