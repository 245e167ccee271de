import type { ActorRole } from '#shared/actor'
import { DomainError, type FieldError } from '#shared/errors'
import { formatMoney, isSupportedCurrency, isValidPrice, type Money } from '#shared/money'
import { type initialSessionStates, type SessionState, sessionStateNames } from '../session-states'
import { type Charge, chargeNames, charges } from './charge-kinds'

/** What whoever books says about the price; all of it may be left out where nothing has to be said. */
export type ChargeWish = {
  charge?: Charge | null | undefined
  chargeReason?: string | null | undefined
  chargeReference?: string | null | undefined
  /** Named instead of the offered one; minor units. */
  amount?: number | null | undefined
  currency?: string | null | undefined
  status?: SessionState | null | undefined
}

export type ChargeDecision =
  | { refusal: DomainError }
  | {
      refusal?: undefined
      charge: Charge
      chargeReason: string | null
      chargeReference: string | null
      price: Money
      /** In which the session begins. */
      status: keyof typeof initialSessionStates
      waitsForEmail: boolean
    }

const isStaff = (role: ActorRole) => role === 'admin' || role === 'operations'

const refuse = (...errors: FieldError[]): ChargeDecision => ({
  refusal: new DomainError('invalid_request', errors.map(({ path, message }) => `${path} ${message}.`).join(' '), {
    errors,
  }),
})

const oneOfCharges = Object.entries(charges)
  .map(([name, { en }]) => `"${name}" (${en.toLowerCase()})`)
  .join(', ')

/** What is said of a price that has to be paid somewhere; what is left out, and what contradicts it. */
const findFaults = (wish: ChargeWish, charge: Charge, price: Money, offered: Money): FieldError[] => {
  const errors: FieldError[] = []
  if (charge === 'none') {
    if (price.amount > 0)
      errors.push({ path: 'price.amount', message: 'must be 0 or left out when nothing is charged' })
    if (offered.amount > 0 && !wish.chargeReason?.trim()) {
      errors.push({ path: 'chargeReason', message: 'is required: say why nothing is charged' })
    }
    if (wish.chargeReference?.trim()) {
      errors.push({ path: 'chargeReference', message: 'must be left out when nothing is charged' })
    }
    return errors
  }
  if (price.amount === 0) {
    errors.push({ path: 'charge', message: 'must be "none": the price is 0, so there is nothing to pay' })
  }
  if (charge === 'elsewhere' && !wish.chargeReference?.trim()) {
    errors.push({ path: 'chargeReference', message: 'is required: say under which reference it was paid' })
  }
  if (charge === 'link') {
    for (const path of ['chargeReason', 'chargeReference'] as const) {
      if (wish[path]?.trim()) errors.push({ path, message: 'must be left out when a payment link is sent' })
    }
  }
  return errors
}

const isText = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.length <= 1_000)

/** What comes through a form is checked field by field only after this, so nothing is taken for what its type says. */
const findMalformed = (wish: ChargeWish): FieldError[] => [
  ...(wish.charge === undefined || wish.charge === null || chargeNames.includes(wish.charge)
    ? []
    : [{ path: 'charge', message: `must be one of ${oneOfCharges}` }]),
  ...(['chargeReason', 'chargeReference'] as const).flatMap((path) =>
    isText(wish[path]) ? [] : [{ path, message: 'must be a text of at most 1,000 characters' }],
  ),
  ...(wish.status === undefined || wish.status === null || sessionStateNames.includes(wish.status)
    ? []
    : [{ path: 'status', message: `must be one of ${sessionStateNames.join(', ')}` }]),
  ...(wish.amount === undefined || wish.amount === null || Number.isSafeInteger(wish.amount)
    ? []
    : [{ path: 'price.amount', message: 'must be a whole number of the smallest unit of the currency' }]),
  ...(wish.currency === undefined || wish.currency === null || isSupportedCurrency(wish.currency)
    ? []
    : [{ path: 'price.currency', message: 'is not sold in' }]),
]

/** Staff may name a price of their own; nothing is charged where they say so. */
const priceOf = (wish: ChargeWish, charge: Charge, offered: Money): Money => ({
  amount: wish.amount ?? (charge === 'none' ? 0 : offered.amount),
  currency: wish.currency ?? offered.currency,
})

/**
 * How a new session is charged, what it costs and the state that it begins in. Customers pay what is offered; whoever books for them
 * has to say what is meant. Pure.
 * @param args.offered what the service costs for this length; minor units.
 */
export const decideCharge = ({
  wish,
  offered,
  role,
  requiresConfirmation,
  confirmsEmail,
}: {
  wish: ChargeWish
  offered: Money
  role: ActorRole
  requiresConfirmation: boolean
  /** Were it free, the link would have to be opened first that its customer is mailed. */
  confirmsEmail: boolean
}): ChargeDecision => {
  const malformed = findMalformed(wish)
  if (malformed.length) return refuse(...malformed)
  const namesPrice =
    (wish.amount ?? offered.amount) !== offered.amount || (wish.currency ?? offered.currency) !== offered.currency
  const isFree = (wish.amount ?? offered.amount) === 0 && offered.amount === 0
  if (role === 'customer') {
    const said = (['charge', 'chargeReason', 'chargeReference', 'amount', 'currency'] as const).filter(
      (name) => wish[name] !== undefined && wish[name] !== null,
    )
    if (said.length) {
      const message = 'The price of a booking is the offered one: only staff say how it is charged.'
      return { refusal: new DomainError('forbidden', message, { errors: said.map((path) => ({ path, message })) }) }
    }
  }
  const charge = wish.charge ?? (isFree ? 'none' : role === 'customer' ? 'link' : undefined)
  if (charge === undefined) {
    return refuse({
      path: 'charge',
      message: `is required, as this session costs ${formatMoney({ amount: wish.amount || offered.amount, currency: wish.currency ?? offered.currency }, 'en')}. Say one of ${oneOfCharges}`,
    })
  }
  if (charge !== 'none' && (wish.amount ?? null) === null && (wish.currency ?? offered.currency) !== offered.currency) {
    return refuse({ path: 'price.amount', message: `is required in another currency than ${offered.currency}` })
  }
  const price = priceOf(wish, charge, offered)
  if (namesPrice && !isValidPrice(price.amount, price.currency)) {
    return refuse({ path: 'price.amount', message: 'is not an amount that can be charged in this currency' })
  }
  const faults = findFaults(wish, charge, price, offered)
  if (faults.length) return refuse(...faults)

  const waitsForEmail = confirmsEmail && charge === 'none' && role === 'customer'
  const status = openingState(wish, { charge, role, requiresConfirmation: requiresConfirmation || waitsForEmail })
  if (wish.status !== undefined && wish.status !== null && wish.status !== status) {
    return {
      refusal: new DomainError(
        'illegal_transition',
        `A session that is charged by "${charge}" begins as ${status}, not as ${wish.status}. Leave the status out.`,
        { errors: [{ path: 'status', message: `must be ${status} or left out` }] },
      ),
    }
  }
  return {
    charge,
    chargeReason: wish.chargeReason?.trim() || null,
    chargeReference: wish.chargeReference?.trim() || null,
    price,
    status,
    waitsForEmail,
  }
}

/** A yes of the consultant's is asked for where the service needs one, unless staff say that they have it. */
const openingState = (
  { status }: ChargeWish,
  { charge, role, requiresConfirmation }: { charge: Charge; role: ActorRole; requiresConfirmation: boolean },
): keyof typeof initialSessionStates => {
  if (charge === 'elsewhere') return 'scheduled'
  const said = status ?? 'pending_confirmation'
  if (requiresConfirmation && (!isStaff(role) || said === 'pending_confirmation')) return 'pending_confirmation'
  return charge === 'link' ? 'pending_payment' : 'scheduled'
}
