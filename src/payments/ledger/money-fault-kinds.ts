/**
 * In what the books can contradict themselves, by the codes of the view `parley.money_faults`. The sentence is what operations
 * read; docs/operations.md says what to do.
 */
export const moneyFaultKinds = {
  charge_missing: 'A payment was collected, but its charge is not booked',
  charge_not_collected: 'A charge is booked for a payment that was not collected',
  charge_twice: 'A payment is booked as charged more than once',
  charge_differs: 'The charge that is booked is not the amount of the payment',
  fee_differs: "The platform's fee that is booked is not the one that was agreed",
  refunded_too_much: 'More was returned than was paid',
  refunded_amount_differs: 'What a payment says that was returned is not what its refunds say',
  stripe_fee_differs: 'What Stripe kept of a charge is not in the ledger as the payment has it',
  invoice_differs: 'A paid amount or a refund has no document, too many, or one over another amount',
  numbers_have_gaps: 'The numbers of invoices have gaps',
  fee_back_differs: 'The part of the fee that was given back does not fit what was returned',
  status_differs: 'The state of a payment does not fit what was returned of it',
  price_differs: 'The payment is not the price of the session',
  payout_fields_differ: 'What a payment says of its payout is not what its transfers say',
  payout_status_differs: 'The state of a payout does not fit what was paid out',
  payout_late: 'A payout is due, and neither made nor held back',
  dispute_differs: 'A dispute and its entries in the ledger differ',
  dispute_share_differs: 'What the platform bears of a lost dispute is not its part',
  debt_too_large: 'A debt of the consultant exceeds what was paid out',
  balance_differs: 'The consultant has a negative balance that is not recorded as a debt',
  does_not_add_up: 'Paid, returned and paid out do not add up to what the ledger has left',
  unpaid: 'A session at a price takes place, or took place, without being paid',
  kept_for_nothing: 'Money was kept for a session that never was',
  refund_differs: 'A refund and its entries in the ledger differ',
  currency_differs: 'Something is in another currency than its payment',
  amount_differs: 'An amount does not exist in its currency',
  entry_of_nothing: 'An entry of the ledger belongs to no payment',
  transfer_differs: 'A transfer or reversal and its entry in the ledger differ',
  reversed_too_much: 'More was taken back than was paid out',
  recovered_differs: 'What counts as recovered of a debt was not set off',
  netting_differs: 'What was set off between two payments does not cancel out',
  claims_overlap: 'Two claims of one consultant overlap',
  stuck: 'A step that moves money has waited for more than an hour',
} as const satisfies Record<string, string>

export type MoneyFaultKind = keyof typeof moneyFaultKinds

// Object.keys gives string[]; the table's keys are exactly the kinds.
export const moneyFaultKindNames = Object.keys(moneyFaultKinds) as MoneyFaultKind[]
