/** What happens to a charge with a test number; as with Stripe's own, any other number is declined. */
export type TestCard = {
  brand: 'visa' | 'mastercard' | 'amex'
  funding: 'credit' | 'debit'
  country: string
  /** The bank says no. */
  decline?: { code: string; declineCode: string; message: string }
  /** What becomes of refunds to it. */
  refunds?: 'stay_pending' | 'fail_later'
  /** The holder complains soon after the payment. */
  dispute?: 'fraudulent' | 'product_not_received' | 'inquiry'
}

const visa = { brand: 'visa', funding: 'credit', country: 'US' } as const

/** Stripe's test numbers that the sandbox knows. */
export const testCards: Readonly<Record<string, TestCard>> = {
  '4242424242424242': visa,
  '4000056655665556': { ...visa, funding: 'debit' },
  '4000008260000000': { ...visa, country: 'GB' },
  '5555555555554444': { brand: 'mastercard', funding: 'credit', country: 'US' },
  '378282246310005': { brand: 'amex', funding: 'credit', country: 'US' },
  '4000000000000002': {
    ...visa,
    decline: { code: 'card_declined', declineCode: 'generic_decline', message: 'Your card was declined.' },
  },
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

/** The card of a charge, by the end of its number. */
export const testCardEndingWith = (last4: string): TestCard | undefined => {
  const number = last4 && Object.keys(testCards).find((digits) => digits.endsWith(last4))
  return number ? testCards[number] : undefined
}
