import { listRoute, retrieveRoute } from '../api/read-routes'
import { text } from '../params'

export const chargeRoutes = [
  listRoute('/v1/charges', 'charges', {
    filters: { customer: text().optional(), payment_intent: text().optional(), transfer_group: text().optional() },
  }),
  retrieveRoute('/v1/charges', 'charges'),
]
