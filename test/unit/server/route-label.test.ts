import type { Payload } from 'payload'
import { expect, it } from 'vitest'
import { createRouteLabel } from '#server/route-label'

const config = { endpoints: [{ method: 'get', path: '/payments/:reference/payout' }] }
const label = createRouteLabel({ config } as unknown as Pick<Payload, 'config'>)

it.each([
  ['GET /payments/:reference/payout', 'GET /payments/:reference/payout'],
  ['GET /payments/:id', 'GET /payments'],
  ['POST /users/login', 'POST /users'],
  ['POST /globals/booking-settings', 'POST /globals/booking-settings'],
  ['POST /globals/booking-settings/versions/:id', 'POST /globals/booking-settings'],
  ['page admin', 'page admin'],
  ['GET nowhere', 'GET nowhere'],
  ['request', 'request'],
])('%s counts as %s', (operation, expected) => {
  expect(label(operation)).toBe(expected)
})
