import { afterEach, describe, expect, it } from 'vitest'
import { domainEvents } from '#all-domain-events'
import { frameRefusals } from '#endpoints/support/frame-refusals'
import { setEventHandlers, handlersOf, hasJobsOfEvents } from '#events/event-handlers'
import { computePaymentEvent } from '#payments/payment-events'
import { paymentStateNames, payoutStates, refundStates } from '#payments/payment-states'
import { requestStates } from '#requests/request-states'
import { isReviewShown } from '#reviews/review-events'
import { sessionStates } from '#sessions/session-states'

const columnOf = <Name extends string>(states: Readonly<Record<Name, { event: string | null }>>) =>
  Object.fromEntries(Object.entries<{ event: string | null }>(states).map(([state, { event }]) => [state, event]))

describe('the events', () => {
  it('have the names of the contract, and each says when it is announced', () => {
    const names = (feature: string, ...things: string[]) => things.map((thing) => `${feature}.${thing}`)
    expect(Object.keys(domainEvents).toSorted()).toEqual(
      [
        ...names('session', 'created', 'scheduled', 'rescheduled', 'cancelled', 'started', 'completed', 'no_show'),
        ...names('session', 'expired', 'refunded'),
        ...names('request', 'created', 'assigned', 'proposed', 'accepted', 'rejected', 'expired', 'cancelled'),
        ...names('payment', 'succeeded', 'failed', 'refunded', 'disputed'),
        ...names('payout', 'paid', 'held'),
        ...names('review', 'created', 'published'),
        ...names('consultant', 'published', 'unpublished'),
      ].toSorted(),
    )
    for (const text of Object.values(domainEvents)) expect(text).toMatch(/^[A-Z].{10,}\.$/)
  })

  it('stand in the tables of states, one a state', () => {
    expect(columnOf(sessionStates)).toEqual({
      pending_payment: null,
      pending_confirmation: null,
      scheduled: 'session.scheduled',
      in_progress: 'session.started',
      completed: 'session.completed',
      no_show_user: 'session.no_show',
      no_show_consultant: 'session.no_show',
      cancelled_by_user: 'session.cancelled',
      cancelled_by_consultant: 'session.cancelled',
      cancelled_by_operations: 'session.cancelled',
      declined: 'session.cancelled',
      expired: 'session.expired',
      refunded: 'session.refunded',
    })
    expect(columnOf(requestStates)).toEqual({
      pending: null,
      pending_assignment: null,
      pending_confirmation: 'request.proposed',
      scheduled: 'request.accepted',
      completed: null,
      cancelled: 'request.cancelled',
      rejected: 'request.rejected',
      expired: 'request.expired',
    })
    expect(columnOf(payoutStates)).toEqual({
      not_due: null,
      due: null,
      held: 'payout.held',
      paid: 'payout.paid',
      reversed: null,
    })
    expect(columnOf(refundStates)).toMatchObject({ requested: null, succeeded: 'payment.refunded', failed: null })
  })

  it('of a payment are announced only of what was not collected before', () => {
    expect(computePaymentEvent('pending', 'succeeded')).toBe('payment.succeeded')
    expect(computePaymentEvent('authorized', 'succeeded')).toBe('payment.succeeded')
    expect(computePaymentEvent('processing', 'failed')).toBe('payment.failed')
    expect(computePaymentEvent('disputed', 'succeeded')).toBeNull()
    expect(computePaymentEvent('partially_refunded', 'succeeded')).toBeNull()
    for (const from of paymentStateNames) expect(computePaymentEvent(from, 'cancelled')).toBeNull()
  })

  it('of a review ask whether everybody sees it', () => {
    expect(isReviewShown({ isPublic: true, moderation: { status: 'approved' } })).toBe(true)
    expect(isReviewShown({ isPublic: false, moderation: { status: 'approved' } })).toBe(false)
    expect(isReviewShown({ isPublic: true, moderation: { status: 'pending' } })).toBe(false)
    expect(isReviewShown({})).toBe(false)
  })
})

describe('the handlers', () => {
  const set = (on: object) => setEventHandlers(on, domainEvents)
  const nothing = () => undefined
  // Other files share this process.
  afterEach(() => set({}))

  it('are called by their place unless they have a name, and run after the commit unless they say otherwise', () => {
    set({ 'session.scheduled': [nothing, { when: 'before commit', name: 'check', handle: nothing }, nothing] })
    expect(handlersOf('session.scheduled').map(({ name, when }) => `${name} ${when}`)).toEqual([
      '1 after commit',
      'check before commit',
      '3 after commit',
    ])
    expect(handlersOf('session.created')).toEqual([])
    expect(hasJobsOfEvents()).toBe(true)
  })

  it('replace those that were set before', () => {
    set({ 'session.scheduled': nothing })
    set({ 'session.created': { when: 'before commit', handle: nothing } })
    expect(handlersOf('session.scheduled')).toEqual([])
    expect(hasJobsOfEvents()).toBe(false)
  })

  it('have what they refuse with listed for whatever writes', () => {
    const operation = { params: undefined, query: undefined, body: undefined, limit: undefined, refusals: [] }
    const refusals = (method: 'get' | 'post') => frameRefusals({ ...operation, method, isIdempotent: false })
    expect(refusals('post')).not.toContain('outside_policy')
    const check = { when: 'before commit', handle: nothing, refuses: ['outside_policy'] }
    set({ 'session.created': [check, nothing], 'review.created': { ...check, refuses: ['forbidden'] } })
    expect(refusals('post')).toEqual(expect.arrayContaining(['outside_policy', 'forbidden']))
    expect(refusals('get')).not.toContain('outside_policy')
  })

  it('are refused for an event that there is not, and with a name that another one has', () => {
    expect(() => set({ 'session.booked': nothing })).toThrow(/no event "session.booked".*session.scheduled/)
    const twice = { when: 'after commit', name: 'crm', handle: nothing }
    expect(() => set({ 'session.created': [twice, twice] })).toThrow('Two handlers of session.created are called "crm"')
  })
})
