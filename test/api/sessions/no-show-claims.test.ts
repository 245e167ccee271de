import type pg from 'pg'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { NoShowClaim } from '#payload-types'
import { connectTo } from '../../support/database'
import {
  bookPaid,
  createPayee,
  expectBooksToBalance,
  forgetEvents,
  hearFromStripe,
  openPayoutWorld,
  type PaidBooking,
  type PayoutWorld,
  work,
} from '../../support/payout-world'
import type { RestAnswer, RestClient } from '../../support/rest-client'

type Payee = Awaited<ReturnType<typeof createPayee>>
type Side = 'customer' | 'consultant'

let world: PayoutWorld
let client: pg.Client
/** Within a transaction, the statistics stand still. */
let watcher: pg.Client
let payee: Payee
let host: RestClient

beforeAll(async () => {
  world = await openPayoutWorld()
  client = await connectTo(world.database)
  watcher = await connectTo(world.database)
  payee = await createPayee(world)
  host = await world.api.as(payee.user)
})

afterEach(async () => {
  forgetEvents(world)
  await expectBooksToBalance(world)
})

const minute = 60_000
const hour = 60 * minute

/** A paid session that has begun so many minutes ago; negative: that is still to begin. */
const book = async (minutesAgo: number) => {
  const booking = await bookPaid(world, payee.consultant)
  const startsAt = Date.now() - minutesAgo * minute
  await client.query(`UPDATE scheduled_sessions SET starts_at = $2, ends_at = $3 WHERE id = $1`, [
    booking.sessionId,
    new Date(startsAt),
    new Date(startsAt + 30 * minute),
  ])
  const url = `/booking/sessions/${booking.session}`
  const asCustomer = (method: 'get' | 'post', path: string, body?: object) =>
    method === 'get'
      ? world.api.get(`${url}${path}`, booking.auth)
      : world.api.post(`${url}${path}`, body ?? {}, booking.auth)
  return {
    ...booking,
    url,
    asCustomer,
    post: (side: Side | 'staff', path: string, body: object = {}): Promise<RestAnswer> => {
      if (side === 'customer') return asCustomer('post', path, body)
      return (side === 'staff' ? world.staff : host).post(`${url}${path}`, body)
    },
    read: async (side: Side | 'staff') => {
      const reader = side === 'staff' ? world.staff : host
      const answer = side === 'customer' ? await asCustomer('get', '') : await reader.get(url)
      expect(answer.status, answer.text).toBe(200)
      return answer.json.session
    },
    join: async (side: Side) => {
      const [{ settings }, { joinUrlOf }] = await Promise.all([
        import('#settings'),
        import('#sessions/present-session'),
      ])
      const link = joinUrlOf(
        { reference: booking.session },
        { serverUrl: '', secret: settings.payloadSecret, actor: { role: side } },
      )
      const answer = await world.api.post(link.replace('/api', ''))
      expect(answer.status, answer.text).toBe(303)
    },
    status: async () =>
      (await world.payload.findByID({ collection: 'scheduled-sessions', id: booking.sessionId, depth: 0 })).status,
    claims: async (): Promise<NoShowClaim[]> => {
      const where = { scheduledSession: { equals: booking.sessionId } }
      return (await world.payload.find({ collection: 'no-show-claims', where, depth: 0, sort: 'createdAt' })).docs
    },
    told: async () => {
      await work(world, ['follow-session'])
      const where = { scheduledSession: { equals: booking.sessionId }, type: { equals: 'no_show' } }
      const { docs } = await world.payload.find({ collection: 'notifications', where, depth: 0, limit: 100 })
      return [...new Set(docs.map(({ kind, audience }) => `${kind} → ${audience}`))].toSorted()
    },
  }
}
type Booked = Awaited<ReturnType<typeof book>>

const refundedAtStripe = ({ intentId }: PaidBooking): number =>
  Object.values(world.stripe.control.tables().refunds)
    .filter(({ payment_intent }) => payment_intent === intentId)
    .reduce((sum, { amount }) => sum + amount, 0)

/** Both were there, and the customer says that the consultant was not. */
const claimOf = async (minutesAgo = 20): Promise<Booked> => {
  const booked = await book(minutesAgo)
  await booked.join('consultant')
  await booked.join('customer')
  const answer = await booked.post('customer', '/no-show', { reason: 'I was alone all the time.' })
  expect(answer.status, answer.text).toBe(202)
  return booked
}

const expectNothingMoved = async (booked: Booked): Promise<void> => {
  await work(world)
  await hearFromStripe(world)
  expect(refundedAtStripe(booked)).toBe(0)
  expect(await booked.moves()).toEqual([])
}

const sweep = async (): Promise<void> => {
  const { sweep: run } = await import('#worker/sweep')
  await run(world.payload)
}

describe('a consultant who never came', () => {
  it('is recorded at once, and the price goes back', async () => {
    const booked = await book(20)
    await booked.join('customer')
    const answer = await booked.post('customer', '/no-show')
    expect(answer.status, answer.text).toBe(200)
    expect(answer.json.session).toMatchObject({ status: 'no_show_consultant', claim: null })
    await work(world)
    await hearFromStripe(world)
    expect(refundedAtStripe(booked)).toBe(10_000)
    expect(await booked.claims()).toEqual([])
  })

  it('nor did the customer: each side reports the other one, and staff either of them at once', async () => {
    const booked = await book(20)
    await booked.post('consultant', '/start')
    const answer = await booked.post('consultant', '/no-show')
    expect(answer.status, answer.text).toBe(200)
    expect(answer.json.session).toMatchObject({ status: 'no_show_user' })
    const attended = await book(20)
    await attended.join('consultant')
    await attended.join('customer')
    const byStaff = await attended.post('staff', '/no-show', { who: 'consultant' })
    expect(byStaff.status, byStaff.text).toBe(200)
    expect(byStaff.json.session.status).toBe('no_show_consultant')
    const unnamed = await (await book(20)).post('staff', '/no-show')
    expect(unnamed.json, unnamed.text).toMatchObject({ code: 'invalid_request', errors: [{ path: 'who' }] })
  })
})

describe('a report against attendance', () => {
  it('is a claim: nothing goes back, the payout is held, and everybody concerned is told', async () => {
    const booked = await claimOf()
    const { claim, status, actions } = await booked.read('customer')
    expect(status).toBe('scheduled')
    expect(claim).toMatchObject({
      state: 'open',
      missing: 'consultant',
      raisedBy: 'customer',
      statement: 'I was alone all the time.',
      objections: [{ code: 'attended' }],
      answer: null,
      decision: null,
      ifGranted: null,
    })
    expect(Math.abs(Date.parse(claim.deadline) - Date.now() - 72 * hour)).toBeLessThan(minute)
    expect(actions).toContain('withdraw-claim')
    expect(actions).not.toContain('no-show')
    await expectNothingMoved(booked)
    expect((await booked.find()).payout).toMatchObject({ status: 'held', heldReason: 'no_show_claim' })
    expect((await booked.read('consultant')).actions).toContain('answer-claim')
    expect((await booked.read('staff')).claim.ifGranted).toEqual({
      status: 'no_show_consultant',
      refund: { amount: 10_000, currency: 'GBP' },
      payout: { amount: 0, currency: 'GBP' },
    })
    expect(await booked.told()).toEqual([
      'no_show_claim_raised → operations',
      'no_show_claim_received → customer',
      'no_show_claim_to_answer → consultant',
    ])
  })

  it('that is granted gives the whole price back', async () => {
    const booked = await claimOf()
    const answered = await booked.post('consultant', '/claim/answer', { text: 'We spoke for half an hour.' })
    expect(answered.status, answered.text).toBe(200)
    expect(answered.json.session.claim.answer.text).toBe('We spoke for half an hour.')
    const again = await booked.post('consultant', '/claim/answer', { text: 'And more.' })
    expect(again.json).toMatchObject({ code: 'illegal_transition', detail: 'You have answered the claim already.' })
    const decided = await booked.post('staff', '/claim/decide', { decision: 'grant', reason: 'The room was empty.' })
    expect(decided.status, decided.text).toBe(200)
    expect(decided.json.session).toMatchObject({
      status: 'no_show_consultant',
      claim: { state: 'granted', decision: { reason: 'The room was empty.' }, ifGranted: null },
    })
    await work(world)
    await hearFromStripe(world)
    expect(refundedAtStripe(booked)).toBe(10_000)
    expect(await booked.moves()).toEqual([])
    expect((await booked.find()).payout).toMatchObject({ status: 'not_due', heldReason: null, hasOpenClaim: false })
    expect(await booked.told()).toEqual(
      expect.arrayContaining([
        'no_show_claim_granted → consultant',
        'no_show_claim_granted → customer',
        'no_show → customer',
      ]),
    )
  })

  it('that is rejected lets the session be completed and the payout go', async () => {
    const booked = await claimOf(90)
    await expectNothingMoved(booked)
    const early = await booked.post('consultant', '/complete')
    expect(early.json.detail, early.text).toContain('until operations have decided that claim')
    const { completeEndedSession } = await import('#checkout/expire-session')
    await completeEndedSession(world.payload, booked.sessionId)
    await sweep()
    expect(await booked.status()).toBe('scheduled')
    const decided = await booked.post('staff', '/claim/decide', { decision: 'reject', reason: 'Both were there.' })
    expect(decided.status, decided.text).toBe(200)
    await work(world, ['complete-session', 'settle-payout'])
    expect(await booked.status()).toBe('completed')
    expect(await booked.moves()).toEqual([['transfer', 'succeeded', 8_500]])
    expect((await booked.find()).payout).toMatchObject({ status: 'paid', hasOpenClaim: false })
    const anew = await booked.post('customer', '/no-show')
    expect(anew.status).toBe(409)
    expect(await booked.told()).toEqual(
      expect.arrayContaining(['no_show_claim_rejected → consultant', 'no_show_claim_rejected → customer']),
    )
  })

  it('that is granted returns the price also when somebody has transferred the payout by hand meanwhile, and takes it back', async () => {
    const booked = await claimOf()
    const { getStripe } = await import('#payments/stripe/stripe-client')
    const byHand = { amount: 8_500, currency: 'gbp', source_transaction: booked.chargeId, destination: payee.accountId }
    await getStripe().transfers.create(byHand)
    await hearFromStripe(world)
    expect((await booked.find()).payout).toMatchObject({ status: 'paid', hasOpenClaim: true })
    const decided = await booked.post('staff', '/claim/decide', { decision: 'grant', reason: 'Nobody was there.' })
    expect(decided.status, decided.text).toBe(200)
    await work(world)
    await hearFromStripe(world)
    await work(world)
    expect(await booked.status()).toBe('no_show_consultant')
    expect(refundedAtStripe(booked)).toBe(10_000)
    expect(await booked.moves()).toEqual([
      ['transfer', 'succeeded', 8_500],
      ['reversal', 'succeeded', 8_500],
    ])
  })

  it.each([
    ['none', null],
    ['a null', 'null'],
    ['an empty one', '{}'],
    ['a part of one', '{"refundPercentage": 50}'],
  ])(
    'about a session that has agreed to no whole policy (%s) is read and granted like any other',
    async (_, policy) => {
      const booked = await book(90)
      await booked.join('customer')
      await client.query(`UPDATE scheduled_sessions SET price_cancellation_policy = $2 WHERE id = $1`, [
        booked.sessionId,
        policy,
      ])
      const answer = await booked.post('consultant', '/no-show')
      expect(answer.status, answer.text).toBe(202)
      const ifGranted = { refund: { amount: 0 }, payout: { amount: 8_500 } }
      expect((await booked.read('staff')).claim).toMatchObject({ ifGranted })
      const decided = await booked.post('staff', '/claim/decide', {
        decision: 'grant',
        reason: 'Only the link was opened.',
      })
      expect(decided.status, decided.text).toBe(200)
      await work(world)
      expect(await booked.status()).toBe('no_show_user')
      expect(await booked.moves()).toEqual([['transfer', 'succeeded', 8_500]])
    },
  )

  it('that is withdrawn holds nothing any more, and is not made again', async () => {
    const booked = await claimOf()
    const foreign = await booked.post('consultant', '/claim/withdraw')
    expect(foreign.json).toMatchObject({
      code: 'illegal_transition',
      detail: 'Only whoever made the claim withdraws it.',
    })
    const withdrawn = await booked.post('customer', '/claim/withdraw')
    expect(withdrawn.status, withdrawn.text).toBe(200)
    expect(withdrawn.json.session).toMatchObject({ status: 'scheduled', claim: { state: 'withdrawn' } })
    expect((await booked.find()).payout).toMatchObject({ status: 'not_due', heldReason: null, hasOpenClaim: false })
    expect(await booked.told()).toContain('no_show_claim_withdrawn → consultant')
    const told = await booked.told()
    expect((await booked.post('customer', '/no-show')).json).toMatchObject({
      code: 'illegal_transition',
      detail: 'That claim was withdrawn. Write to operations if there is something new to say.',
    })
    expect(await booked.told()).toEqual(told)
    expect((await booked.claims()).map(({ status }) => status)).toEqual(['withdrawn'])
  })

  it('is one also where the consultant reports a customer who was there', async () => {
    const booked = await book(90)
    await booked.join('customer')
    const answer = await booked.post('consultant', '/no-show')
    expect(answer.status, answer.text).toBe(202)
    expect((await booked.read('staff')).claim).toMatchObject({
      missing: 'customer',
      ifGranted: { status: 'no_show_user', refund: { amount: 0 }, payout: { amount: 8_500 } },
    })
    expect((await booked.read('customer')).actions).toContain('answer-claim')
    expect((await booked.post('customer', '/claim/answer', { text: 'I was there.' })).status).toBe(200)
    await booked.post('staff', '/claim/decide', { decision: 'grant', reason: 'Only the link was opened.' })
    await work(world)
    expect(await booked.status()).toBe('no_show_user')
    expect(refundedAtStripe(booked)).toBe(0)
    expect(await booked.moves()).toEqual([['transfer', 'succeeded', 8_500]])
  })

  it('is answered within the hours that operations have set', async () => {
    const set = (noShowClaimHours: number) =>
      world.payload.updateGlobal({ slug: 'booking-settings', data: { noShowClaimHours } })
    await set(5)
    const { claim } = await (await claimOf()).read('customer')
    await set(72)
    expect(Math.abs(Date.parse(claim.deadline) - Date.now() - 5 * hour)).toBeLessThan(minute)
  })

  it('is no way past the claim by writing the state: the gate names what speaks against it', async () => {
    const booked = await book(20)
    await booked.join('customer')
    const patched = await host.patch(`/scheduled-sessions/${booked.sessionId}`, { status: 'no_show_user' })
    expect(patched.status, patched.text).toBe(409)
    expect(patched.text).toContain('The customer was in the room')
    await booked.post('consultant', '/no-show')
    const byStaff = await world.staff.patch(`/scheduled-sessions/${booked.sessionId}`, { status: 'completed' })
    expect(byStaff.text).toContain('until operations have decided that claim')
    expect(await booked.status()).toBe('scheduled')
  })
})

it('a session that the other side has started, or marked as held, is one to claim about', async () => {
  const started = await book(20)
  await started.post('consultant', '/start')
  const claimed = await started.post('customer', '/no-show')
  expect(claimed.status, claimed.text).toBe(202)
  expect(claimed.json.session.claim.objections.map(({ code }: { code: string }) => code)).toEqual(['started'])
})

describe('both accuse each other', () => {
  it('is a claim of the customer, which operations may grant: then the whole price goes back', async () => {
    const booked = await book(20)
    expect((await booked.post('consultant', '/no-show')).status).toBe(200)
    const claimed = await booked.post('customer', '/no-show', { reason: 'It was the other way round.' })
    expect(claimed.status, claimed.text).toBe(202)
    expect(claimed.json.session).toMatchObject({
      status: 'no_show_user',
      claim: { state: 'open', missing: 'consultant', objections: [{ code: 'other_side' }] },
    })
    await expectNothingMoved(booked)
    await booked.post('staff', '/claim/decide', { decision: 'grant', reason: 'The consultant was not there.' })
    await work(world)
    await hearFromStripe(world)
    expect(await booked.status()).toBe('refunded')
    expect(refundedAtStripe(booked)).toBe(10_000)
    expect(await booked.moves()).toEqual([])
  })

  it('is over where the price has gone back already', async () => {
    const booked = await book(20)
    expect((await booked.post('customer', '/no-show')).status).toBe(200)
    const refused = await booked.post('consultant', '/no-show')
    expect(refused.json).toMatchObject({ code: 'illegal_transition' })
    expect(refused.json.detail).toContain('the price goes back to them')
  })
})

describe('after the session completed by itself', () => {
  const completed = async () => {
    const booked = await book(90)
    await booked.join('consultant')
    const { completeEndedSession } = await import('#checkout/expire-session')
    await completeEndedSession(world.payload, booked.sessionId)
    expect(await booked.status()).toBe('completed')
    return booked
  }

  it('it can be claimed until the payout leaves', async () => {
    const booked = await completed()
    const claimed = await booked.post('customer', '/no-show')
    expect(claimed.status, claimed.text).toBe(202)
    await expectNothingMoved(booked)
    expect((await booked.find()).payout).toMatchObject({ status: 'held', heldReason: 'no_show_claim' })
    const retried = await world.staff.post(`/payments/${booked.reference}/payout/retry`)
    expect(retried.json.detail, retried.text).toContain('decide that claim')
    await booked.post('staff', '/claim/decide', { decision: 'grant', reason: 'Only the link was opened.' })
    await work(world)
    await hearFromStripe(world)
    expect(await booked.status()).toBe('no_show_consultant')
    expect(refundedAtStripe(booked)).toBe(10_000)
  })

  it('and not after that, by nobody', async () => {
    const booked = await completed()
    await work(world)
    expect((await booked.find()).payout?.status).toBe('paid')
    for (const [side, body] of [
      ['customer', {}],
      ['staff', { who: 'consultant' }],
    ] as const) {
      const refused = await booked.post(side, '/no-show', body)
      expect(refused.status, side).toBe(409)
      expect(refused.json.detail).toContain('The payout for this session has left')
      expect((await booked.read(side)).actions).not.toContain('no-show')
    }
    const patched = await world.staff.patch(`/scheduled-sessions/${booked.sessionId}`, { status: 'no_show_consultant' })
    expect(patched.text).toContain('The payout for this session has left')
  })
})

it('a claim is over when operations return the whole price meanwhile', async () => {
  const booked = await claimOf(90)
  await booked.post('staff', '/claim/decide', { decision: 'reject', reason: 'Both were there.' })
  await work(world, ['complete-session'])
  await client.query(`DELETE FROM no_show_claims WHERE scheduled_session_id = $1`, [booked.sessionId])
  expect((await booked.post('customer', '/no-show')).status).toBe(202)
  await booked.refund()
  await work(world)
  await hearFromStripe(world)
  expect(await booked.status()).toBe('refunded')
  expect(await booked.claims()).toMatchObject([
    { status: 'withdrawn', decidedByRole: 'system', decisionReason: 'The whole price was returned.' },
  ])
  expect((await booked.find()).payout).toMatchObject({ hasOpenClaim: false, heldReason: null })
})

describe('at the same moment', () => {
  it('two reports make one claim', async () => {
    const booked = await book(20)
    await booked.join('consultant')
    await booked.join('customer')
    const answers = await Promise.all([
      booked.post('customer', '/no-show'),
      booked.post('consultant', '/no-show'),
      booked.post('customer', '/no-show', { reason: 'Once more.' }),
    ])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 409, 409])
    expect(await booked.claims()).toHaveLength(1)
    await expect(
      client.query(
        `INSERT INTO no_show_claims SELECT (jsonb_populate_record(c, '{"id": "0199c0de-0000-7000-8000-0000000000aa", "reference": "NC-TESTTEST"}')).*
         FROM no_show_claims c WHERE scheduled_session_id = $1`,
        [booked.sessionId],
      ),
    ).rejects.toThrow('no_show_claims_one_open')
  })

  it('two decisions are one', async () => {
    const booked = await claimOf()
    const answers = await Promise.all([
      booked.post('staff', '/claim/decide', { decision: 'grant', reason: 'Yes.' }),
      booked.post('staff', '/claim/decide', { decision: 'reject', reason: 'No.' }),
    ])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    const refused = answers.find(({ status }) => status === 409)
    expect(refused?.json.detail).toContain('There is no open claim')
    const [claim] = await booked.claims()
    await work(world)
    expect(refundedAtStripe(booked)).toBe(claim?.status === 'granted' ? 10_000 : 0)
  })

  const waiting = async (): Promise<number> => {
    const { rowCount } = await watcher.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )
    return rowCount ?? 0
  }
  const untilWaiting = (count: number) =>
    vi.waitFor(async () => expect(await waiting()).toBe(count), { timeout: 10_000, interval: 20 })

  it.each(['payout', 'claim'] as const)('a claim and the payout: the %s comes first', async (first) => {
    const booked = await book(90)
    await booked.join('consultant')
    await booked.complete()
    await client.query('BEGIN')
    await client.query('SELECT FROM payments WHERE id = $1 FOR UPDATE', [booked.id])
    const settle = () => work(world)
    const claim = () => booked.post('customer', '/no-show')
    const order: (() => Promise<unknown>)[] = first === 'payout' ? [settle, claim] : [claim, settle]
    const started: Promise<unknown>[] = []
    for (const begin of order) {
      started.push(begin())
      await untilWaiting(started.length)
    }
    await client.query('COMMIT')
    await Promise.all(started)
    await work(world)
    const payout = (await booked.find()).payout?.status
    if (first === 'payout') {
      expect(payout).toBe('paid')
      expect(await booked.claims()).toEqual([])
      expect(await booked.status()).toBe('completed')
    } else {
      expect(payout).toBe('held')
      expect(await booked.claims()).toMatchObject([{ status: 'open' }])
      expect(await booked.moves()).toEqual([])
    }
  })
})

it('operations are reminded of a claim at its deadline and then daily, and nothing moves', async () => {
  const booked = await claimOf()
  const reminders = async () => {
    await sweep()
    await work(world, ['remind-no-show-claim'])
    const where = { scheduledSession: { equals: booked.sessionId }, kind: { equals: 'no_show_claim_overdue' } }
    const { docs } = await world.payload.find({ collection: 'notifications', where, depth: 0, limit: 100 })
    return docs.length
  }
  const age = (column: string) =>
    client.query(
      `UPDATE no_show_claims SET ${column} = ${column} - interval '25 hours' WHERE scheduled_session_id = $1`,
      [booked.sessionId],
    )
  expect(await reminders()).toBe(0)
  await client.query(
    `UPDATE no_show_claims SET deadline = now() - interval '1 minute' WHERE scheduled_session_id = $1`,
    [booked.sessionId],
  )
  const once = await reminders()
  expect(once).toBeGreaterThan(0)
  expect(await reminders()).toBe(once)
  await age('reminded_at')
  expect(await reminders()).toBe(2 * once)
  await client.query(`UPDATE no_show_claims SET reminders = 8, reminded_at = NULL WHERE scheduled_session_id = $1`, [
    booked.sessionId,
  ])
  expect(await reminders()).toBe(2 * once)
  expect((await booked.claims())[0]?.status).toBe('open')
  await expectNothingMoved(booked)
})

describe('what is written down of a claim', () => {
  it('holds all that was said, who decided it and why', async () => {
    const booked = await claimOf()
    await booked.post('consultant', '/claim/answer', { text: 'We spoke for half an hour.' })
    await client.query(
      `UPDATE no_show_claims SET deadline = now() - interval '1 minute' WHERE scheduled_session_id = $1`,
      [booked.sessionId],
    )
    await sweep()
    await work(world, ['remind-no-show-claim'])
    await booked.post('staff', '/claim/decide', { decision: 'reject', reason: 'Both were there.' })
    const { customer } = await world.payload.findByID({ collection: 'payments', id: booked.id, depth: 0 })
    expect(await booked.claims()).toMatchObject([
      {
        reference: expect.stringMatching(/^NC-/),
        status: 'rejected',
        scheduledSession: booked.sessionId,
        consultant: payee.consultant.id,
        customer,
        payment: booked.id,
        missing: 'consultant',
        raisedBy: 'customer',
        statement: 'I was alone all the time.',
        objections: [{ code: 'attended', text: 'The consultant was in the room.', at: expect.any(String) }],
        deadline: expect.any(String),
        answer: 'We spoke for half an hour.',
        answeredAt: expect.any(String),
        remindedAt: expect.any(String),
        reminders: 1,
        decidedAt: expect.any(String),
        decidedBy: world.operations.id,
        decidedByRole: 'operations',
        decisionReason: 'Both were there.',
      },
    ])
  })
})

describe('a claim is read', () => {
  it('by both its sides and by staff, and written by nobody past its commands', async () => {
    const booked = await claimOf()
    const [claim] = await booked.claims()
    const path = `/no-show-claims/${claim?.id}`
    await world.staff.patch(path, { internalNotes: 'Look at the recording.' })
    const seen = await host.get(path)
    expect(seen.status, seen.text).toBe(200)
    expect(seen.json.statement).toBe('I was alone all the time.')
    expect(seen.json).not.toHaveProperty('internalNotes')
    expect(seen.json).not.toHaveProperty('decidedBy')
    const foreign = await world.api.as((await createPayee(world)).user)
    expect((await foreign.get(path)).status).toBe(404)
    expect((await world.api.get(path)).status).toBe(403)
    expect((await host.patch(path, { answer: 'No.' })).status).toBe(403)
    expect((await host.del(path)).status).toBe(403)
    expect((await world.staff.del(path)).status).toBe(403)
    const decided = await world.staff.patch(path, { status: 'granted' })
    expect((await booked.claims())[0], decided.text).toMatchObject({
      status: 'open',
      internalNotes: 'Look at the recording.',
    })
  })
})
