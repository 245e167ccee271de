/** What a bank says that does not want to pay. */
export type CardDecline = { code: string; declineCode: string; message: string }

/** What happens to a charge with a test number; as with Stripe's own, any other number is declined. */
export type TestCard = {
  brand: 'visa' | 'mastercard' | 'amex'
  funding: 'credit' | 'debit'
  country: string
  /** The bank says no. */
  decline?: CardDecline
  /** The bank lets the card be saved, and says no once it is charged. */
  declineOnCharge?: CardDecline
  /** The money is available at once. */
  isAvailableAtOnce?: true
  /** What becomes of refunds to it. */
  refunds?: 'stay_pending' | 'fail_later'
  /** The holder complains soon after the payment. */
  dispute?: 'fraudulent' | 'product_not_received' | 'inquiry'
}

const visa = { brand: 'visa', funding: 'credit', country: 'US' } as const

const genericDecline: CardDecline = {
  code: 'card_declined',
  declineCode: 'generic_decline',
  message: 'Your card was declined.',
}

/** Stripe's test numbers that the sandbox knows. */
const testCards: Readonly<Record<string, TestCard>> = {
  '4242424242424242': visa,
  '4000056655665556': { ...visa, funding: 'debit' },
  '4000008260000000': { ...visa, country: 'GB' },
  '5555555555554444': { brand: 'mastercard', funding: 'credit', country: 'US' },
  '378282246310005': { brand: 'amex', funding: 'credit', country: 'US' },
  '4000000000000077': { ...visa, isAvailableAtOnce: true },
  '4000000000000002': { ...visa, decline: genericDecline },
  '4000000000000341': { ...visa, declineOnCharge: genericDecline },
  '4000000000009995': {
    ...visa,
    decline: {
      code: 'card_declined',
      declineCode: 'insufficient_funds',
      message: 'Your card has insufficient funds.',
    },
  },
  '4000000000000069': {
    ...visa,
    decline: { code: 'expired_card', declineCode: 'expired_card', message: 'Your card has expired.' },
  },
  '4000000000000127': {
    ...visa,
    decline: {
      code: 'incorrect_cvc',
      declineCode: 'incorrect_cvc',
      message: 'Your card’s security code is incorrect.',
    },
  },
  '4000000000000119': {
    ...visa,
    decline: {
      code: 'processing_error',
      declineCode: 'processing_error',
      message: 'An error occurred while processing your card. Try again in a little bit.',
    },
  },
  '4000000000007726': { ...visa, refunds: 'stay_pending' },
  '4000000000005126': { ...visa, refunds: 'fail_later' },
  '4000000000000259': { ...visa, dispute: 'fraudulent' },
  '4000000000002685': { ...visa, dispute: 'product_not_received' },
  '4000000000001976': { ...visa, dispute: 'inquiry' },
}

/** Stripe's ids that stand for a card with a test number. */
export const testMethods: Readonly<Record<string, string>> = {
  pm_card_visa: '4242424242424242',
  pm_card_visa_debit: '4000056655665556',
  pm_card_gb: '4000008260000000',
  pm_card_mastercard: '5555555555554444',
  pm_card_amex: '378282246310005',
  pm_card_bypassPending: '4000000000000077',
  pm_card_visa_chargeDeclined: '4000000000000002',
  pm_card_visa_chargeDeclinedInsufficientFunds: '4000000000009995',
  pm_card_chargeDeclinedExpiredCard: '4000000000000069',
  pm_card_chargeDeclinedIncorrectCvc: '4000000000000127',
  pm_card_chargeDeclinedProcessingError: '4000000000000119',
  pm_card_chargeCustomerFail: '4000000000000341',
  pm_card_pendingRefund: '4000000000007726',
  pm_card_refundFail: '4000000000005126',
  pm_card_createDispute: '4000000000000259',
  pm_card_createDisputeProductNotReceived: '4000000000002685',
  pm_card_createDisputeInquiry: '4000000000001976',
}

const notATestCard: TestCard = {
  ...visa,
  decline: {
    code: 'card_declined',
    declineCode: 'test_mode_live_card',
    message: 'Your card was declined. This is a sandbox, but that is not one of its test cards.',
  },
}

/** Whether the digits end with the right check digit (Luhn). */
const hasCheckDigit = (digits: string): boolean => {
  let sum = 0
  for (const [index, digit] of [...digits].reverse().entries()) {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1)
    sum += value > 9 ? value - 9 : value
  }
  return sum % 10 === 0
}

/** @returns undefined when that cannot be the number of a card at all. */
export const findTestCard = (digits: string): TestCard | undefined => {
  if (!/^\d{12,19}$/.test(digits) || !hasCheckDigit(digits)) return undefined
  return Object.hasOwn(testCards, digits) ? testCards[digits] : notATestCard
}

/** As many digits tell test cards apart, and are kept as the card's fingerprint. */
const fingerprintDigits = 8

export const fingerprintOf = (digits: string): string => digits.slice(-fingerprintDigits)

const byFingerprint = new Map(Object.entries(testCards).map(([digits, card]) => [fingerprintOf(digits), card]))

/** What is known of a card that was entered before. @returns undefined when it is no card at all. */
export const findCardAgain = (card: { fingerprint?: string | null } | null | undefined): TestCard | undefined =>
  card ? (byFingerprint.get(card.fingerprint ?? '') ?? notATestCard) : undefined
