import { accountLinkRoutes } from '../resources/account-links'
import { accountRoutes } from '../resources/accounts'
import { balanceRoutes } from '../resources/balance'
import { chargeRoutes } from '../resources/charges'
import { checkoutSessionRoutes } from '../resources/checkout-sessions'
import { customerRoutes } from '../resources/customers'
import { disputeRoutes } from '../resources/disputes'
import { eventRoutes } from '../resources/events'
import { paymentIntentRoutes } from '../resources/payment-intents'
import { paymentMethodRoutes } from '../resources/payment-methods'
import { payoutRoutes } from '../resources/payouts'
import { priceRoutes } from '../resources/prices'
import { productRoutes } from '../resources/products'
import { refundRoutes } from '../resources/refunds'
import { setupIntentRoutes } from '../resources/setup-intents'
import { transferRoutes } from '../resources/transfers'
import type { Route } from './route'

/** The whole API of the sandbox. A call that is not here is refused, as Stripe refuses what it does not have. */
export const routes: readonly Route[] = [
  ...customerRoutes,
  ...productRoutes,
  ...priceRoutes,
  ...checkoutSessionRoutes,
  ...paymentIntentRoutes,
  ...setupIntentRoutes,
  ...paymentMethodRoutes,
  ...chargeRoutes,
  ...refundRoutes,
  ...disputeRoutes,
  ...accountRoutes,
  ...accountLinkRoutes,
  ...transferRoutes,
  ...payoutRoutes,
  ...balanceRoutes,
  ...eventRoutes,
]
