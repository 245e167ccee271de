export type MoneyView = { amount: number; currency: string }

export type TimelineView = {
  at: string
  source: string
  title: string
  state: string | null
  detail: string | null
  amount: MoneyView | null
  by: { role: string; name: string | null } | null
  stripe: { id: string; url: string | null } | null
  record: { collection: string; id: string } | null
  movements: { label: string; amount: MoneyView }[]
}

/** What `GET /api/payments/{reference}` says; the parts that are shown here. */
export type PaymentView = {
  payment: {
    reference: string
    status: string
    amount: MoneyView
    refunded: MoneyView
    refundable: MoneyView
    method: string | null
    receiptUrl: string | null
    session: { reference: string; status: string; start: string }
    consultant: { name: string }
    customer: { name: string }
  }
  elsewhere: { reference: string | null; recordedBy: { role: string; name: string | null } | null } | null
  split: { platformFee: MoneyView; consultantShare: MoneyView; stripeFee: MoneyView | null } | null
  payout: {
    status: string
    dueAt: string | null
    paid: MoneyView
    reversed: MoneyView
    setOff: MoneyView
    heldReason: string | null
    heldNote: string | null
  } | null
  refunds: { reference: string; status: string; amount: MoneyView; actions: string[] }[]
  timeline: TimelineView[]
  actions: string[]
}

/** What `GET /api/payments/{reference}/payout` says would be done now. */
export type PayoutPreview = { next: { action: string; amount: MoneyView | null; reason: string } }

// The API is ours and described by a contract that its own tests hold; its answers are not checked again here.
export const toPaymentView = (answer: unknown): PaymentView => answer as PaymentView
export const toPayoutPreview = (answer: unknown): PayoutPreview => answer as PayoutPreview
