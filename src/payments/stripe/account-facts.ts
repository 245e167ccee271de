import type Stripe from 'stripe'
import type { AccountRequirements } from '../account/compute-missing-details'
import type { AccountFacts } from '../account/decide-account-state'

/** A connected account as Stripe says it is; currencies and countries in upper case, instants in epoch ms. */
export type ConnectedAccount = AccountFacts & {
  id: string
  country: string | null
  defaultCurrency: string | null
  email: string | null
  payoutsEnabled: boolean
  /** The earliest moment at which something that is missing stops the account; null when nothing is urgent. */
  deadline: number | null
  requirements: AccountRequirements
  metadata: Record<string, string>
}

const earliest = (...seconds: (number | null | undefined)[]): number | null => {
  const given = seconds.filter((value): value is number => typeof value === 'number')
  return given.length ? Math.min(...given) * 1000 : null
}

export const toConnectedAccount = (account: Stripe.Account): ConnectedAccount => {
  const { requirements, future_requirements: future } = account
  const currentlyDue = requirements?.currently_due ?? []
  const pastDue = requirements?.past_due ?? []
  const pendingVerification = requirements?.pending_verification ?? []
  return {
    id: account.id,
    country: account.country?.toUpperCase() ?? null,
    defaultCurrency: account.default_currency?.toUpperCase() ?? null,
    email: account.email ?? null,
    payoutsEnabled: account.payouts_enabled ?? false,
    detailsSubmitted: account.details_submitted ?? false,
    transfersCapability: account.capabilities?.transfers ?? null,
    disabledReason: requirements?.disabled_reason ?? null,
    currentlyDue,
    pastDue,
    pendingVerification,
    deadline: earliest(requirements?.current_deadline, future?.current_deadline),
    requirements: {
      currentlyDue,
      pastDue,
      eventuallyDue: requirements?.eventually_due ?? [],
      pendingVerification,
      futureDue: future?.currently_due ?? [],
      errors: [...(requirements?.errors ?? []), ...(future?.errors ?? [])].map(({ code, reason, requirement }) => ({
        code,
        reason,
        requirement,
      })),
    },
    metadata: account.metadata ?? {},
  }
}
