import { describe, expect, it } from 'vitest'
import type { SessionRow } from '#sessions/session-queries'
import { decidePayoutMessages, type PayoutMessageFacts } from '#checkout/messages/decide-payout-messages'
import { parseMessageParts } from '#notifications/message-data'
import type { PayoutEvent } from '#payments/payout/payout-events'
import { disputeStateNames, heldReasonNames } from '#payments/payment-states'

const startsAt = Date.UTC(2026, 11, 1, 9)

// Messages need no more of a session than this.
const session = {
  id: 's',
  reference: 'PY-7KQ2M9XB',
  sequence: 1,
  startsAt,
  endsAt: startsAt + 3_600_000,
  amount: 12_000,
  currency: 'GBP',
  serviceTypeName: 'Call',
  consultantName: 'Ada',
  customerName: 'Jo',
} as SessionRow

const facts = (changes: Partial<PayoutMessageFacts> = {}): PayoutMessageFacts => ({
  session,
  transfer: { id: 't', amount: 10_200, currency: 'GBP' },
  held: null,
  dispute: {
    id: 'd',
    reference: 'DP-1',
    status: 'needs_response',
    amount: 12_000,
    currency: 'GBP',
    evidenceDueBy: startsAt,
  },
  ...changes,
})

const toldTo = (event: PayoutEvent, changes: Partial<PayoutMessageFacts> = {}) =>
  decidePayoutMessages(event, facts(changes)).map(({ kind, audience }) => `${kind} → ${audience}`)

describe('decidePayoutMessages', () => {
  it('tells the consultant what was paid out or set off, and both sides of a debt', () => {
    expect(toldTo('paid')).toEqual(['payout_made → consultant'])
    expect(toldTo('set-off')).toEqual(['payout_set_off → consultant'])
    expect(toldTo('debt')).toEqual(['debt_recorded → consultant', 'debt_recorded → operations'])
    expect(toldTo('paid', { transfer: null })).toEqual([])
  })

  it.each(heldReasonNames)('tells why a payout waits, once for each reason: %s', (reason) => {
    const held = { amount: { amount: 10_200, currency: 'GBP' }, reason, note: 'Stripe says no.' }
    const messages = decidePayoutMessages('held', facts({ held }))
    if (reason === 'disputed' || reason === 'no_show_claim') {
      expect(messages).toEqual([])
      return
    }
    expect(messages.map(({ audience, occasion }) => [audience, occasion])).toEqual([
      ['consultant', reason],
      ['operations', reason],
    ])
    const [toConsultant, toOperations] = messages.map(({ data }) => data)
    expect(toOperations).toMatchObject({ reason: 'Stripe says no.', heldReason: reason })
    const isOfOperations = reason === 'by_operations' || reason === 'paid_elsewhere'
    expect(toConsultant).toMatchObject({ reason: isOfOperations ? 'Stripe says no.' : null })
  })

  it('tells nobody that what was paid elsewhere waits, unless operations have something to say of it', () => {
    const held = { amount: { amount: 10_200, currency: 'GBP' }, reason: 'paid_elsewhere' as const, note: null }
    expect(toldTo('held', { held })).toEqual([])
  })

  it('says nothing of what waits no more', () => {
    expect(toldTo('held')).toEqual([])
  })

  it.each(disputeStateNames)('tells of a dispute that is %s what is still so', (status) => {
    const dispute = { ...facts().dispute, status } as NonNullable<PayoutMessageFacts['dispute']>
    const isOpen = ['inquiry', 'needs_response', 'under_review'].includes(status)
    const both = (kind: string) => [`${kind} → consultant`, `${kind} → operations`]
    expect(toldTo('dispute-opened', { dispute })).toEqual(isOpen ? both('dispute_opened') : [])
    expect(toldTo('dispute-decided', { dispute })).toEqual(isOpen ? [] : both('dispute_decided'))
  })

  it('writes data that its kinds accept', () => {
    const held = { amount: { amount: 1, currency: 'GBP' }, reason: 'no_account' as const, note: null }
    const events: PayoutEvent[] = ['paid', 'set-off', 'debt', 'held', 'dispute-opened']
    for (const event of events) {
      for (const { kind, data } of decidePayoutMessages(event, facts({ held }))) {
        expect(() => parseMessageParts(kind, data)).not.toThrow()
      }
    }
  })
})
