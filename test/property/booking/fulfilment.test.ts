import { expect, it } from 'vitest'
import { type CheckoutTruth, decideFulfilment } from '#checkout/decide-fulfilment'
import { sessionMachine, sessionStateNames } from '#sessions/session-states'
import { paymentMachine, paymentStateNames } from '#payments/payment-states'
import { decideTransition } from '#shared/state-table'

const outcomes: readonly CheckoutTruth['outcome'][] = ['paid', 'authorized', 'processing', 'failed', 'expired', 'open']
const ours = { amount: 4_999, currency: 'GBP' }
const amounts = [ours, { ...ours, amount: 0 }, { ...ours, amount: 5_000 }, { ...ours, currency: 'EUR' }]

// There are 3,120 inputs in all, so each is looked at.
it('what a checkout means for a payment and its session is always a way of their tables', () => {
  for (const outcome of outcomes) {
    for (const status of paymentStateNames) {
      for (const session of sessionStateNames) {
        for (const read of amounts) {
          const decision = decideFulfilment({ checkout: { outcome, ...read }, payment: { status, ...ours }, session })
          if (decision === 'nothing' || 'mismatch' in decision) continue
          const what = `${outcome}: ${status} → ${decision.payment}, ${session}: ${decision.session}`
          const step = { from: status, to: decision.payment, role: 'payment' as const }
          expect(decideTransition(paymentMachine, step), what).toBeUndefined()
          if (decision.session !== 'schedule' && decision.session !== 'reclaim') continue
          const onward = { from: session, to: 'scheduled' as const, role: 'payment' as const }
          expect(decideTransition(sessionMachine, onward), what).toBeUndefined()
        }
      }
    }
  }
})
