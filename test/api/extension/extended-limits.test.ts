import { beforeAll, describe, expect, it } from 'vitest'
import { openExtendedPayload } from '../../support/extended-payload'
import { createRestClient, type RestClient } from '../../support/rest-client'
import { sampleExtension } from '../../support/sample-extension'

let api: RestClient

// A twentieth of every limit, so that a few requests reach it.
beforeAll(async () => {
  const { payload } = await openExtendedPayload(sampleExtension, { RATE_LIMIT_FACTOR: '0.05' })
  api = await createRestClient(payload)
})

describe('what an extension adds is limited', () => {
  it.each([
    ['an endpoint, by the limit that it names', '/tea/menu', '198.51.100.1'],
    ['an endpoint that names none', '/tea/today', '198.51.100.4'],
    ['a route of a plugin, by one for all of them', '/plugin/ping', '198.51.100.2'],
  ])('%s', async (_, path, address) => {
    const statuses = []
    for (let n = 0; n <= 12; n++) statuses.push((await api.get(path, { 'X-Forwarded-For': address })).status)
    expect(statuses).toEqual([...Array.from({ length: 12 }, () => 200), 429])
    const refused = await api.get(path, { 'X-Forwarded-For': address })
    expect(refused.json).toMatchObject({ status: 429, code: 'rate_limited' })
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0)
    expect((await api.get(path, { 'X-Forwarded-For': '198.51.100.3' })).status).toBe(200)
  })
})
