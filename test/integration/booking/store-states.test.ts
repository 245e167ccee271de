import type { Payload, PayloadRequest } from 'payload'
import type pg from 'pg'
import { beforeAll, expect, it } from 'vitest'
import { type SlotState, slotStateNames } from '#availability/slot-states'
import { requestMachine } from '#requests/request-states'
import { sessionMachine, type SessionState } from '#sessions/session-states'
import { type ActorRole, actorRoleNames } from '#shared/actor'
import { createReference } from '#shared/ids'
import { isOneOf, type Machine, namesOf } from '#shared/state-table'
import { connectTo } from '../../support/database'
import { createConsultant, createCustomer, createServiceType } from '../../support/fixtures'
import { recordPaidSession } from '../../support/money-records'
import { openTestPayload } from '../../support/payload'

const hourMs = 3_600_000

let payload: Payload
let client: pg.Client
let sessionId: string
let requestId: string
let slotId: string

beforeAll(async () => {
  const opened = await openTestPayload()
  payload = opened.payload
  client = await connectTo(opened.database)
  const consultant = (await createConsultant(payload)).profile
  const { customer } = await createCustomer(payload)
  const serviceType = await createServiceType(payload, [consultant])
  const price = { amount: 10_000, currency: 'GBP' as const }
  const now = Date.now()
  const paid = { consultant, customer, serviceType, ...price, startsAt: now, paidAt: now }
  sessionId = (await recordPaidSession(payload, paid)).session.id
  const policy = { refundableBeforeHours: 24, refundPercentage: 100, noShowRefundPercentage: 0 }
  // Whatever it waits for in one of the states has a deadline and a payment.
  await client.query(
    `UPDATE scheduled_sessions SET price_cancellation_policy = $2, payment_deadline = starts_at, confirm_by = starts_at,
      payment_id = (SELECT id FROM payments WHERE scheduled_session_id = $1) WHERE id = $1`,
    [sessionId, policy],
  )
  const request = await payload.db.create({
    collection: 'consultation-requests',
    data: {
      reference: createReference('RQ'),
      requester: customer.id,
      serviceType: serviceType.id,
      status: 'pending',
      problemTitle: 'T',
    },
  })
  requestId = String(request.id)
  const [from, until] = [now + 100 * hourMs, now + 101 * hourMs].map((at) => new Date(at).toISOString())
  const slot = await payload.db.create({
    collection: 'availability-slots',
    data: {
      consultant: consultant.id,
      startsAt: from,
      endsAt: until,
      occupiedFrom: from,
      occupiedUntil: until,
      durationMinutes: 60,
      timeZone: 'UTC',
      status: 'blocked',
      holdExpiresAt: until,
    },
  })
  slotId = String(slot.id)
})

class Undone extends Error {}

/** What a change says against it, if anything; whatever it wrote is undone. */
const refusalOf = async (change: (req: PayloadRequest) => Promise<unknown>): Promise<string | undefined> => {
  const { withTransaction } = await import('#database/transactions')
  try {
    await withTransaction(payload, async (req) => {
      await change(req)
      throw new Undone()
    })
  } catch (error) {
    if (error instanceof Undone) return undefined
    return error instanceof Error ? error.message : String(error)
  }
  return undefined
}

/** Somebody whom the table lets go this way, and somebody whom it does not. */
const rolesFor = <Name extends string>(machine: Machine<Name>, from: Name, to: Name): ActorRole[] => {
  const may = machine.states[from].to[to]?.who ?? []
  const first = (roles: readonly ActorRole[]) => roles.slice(0, 1)
  return [...first(may), ...first(actorRoleNames.filter((role) => !may.includes(role)))]
}

/** A moment at which the clock allows the step. */
const startFor = (to: SessionState): number => {
  const isAhead = ['scheduled', 'cancelled_by_user', 'cancelled_by_consultant'].includes(to)
  return Date.now() + (isAhead ? 48 : -3) * hourMs
}

it('a session goes along its table or not at all, through the gate of its collection', async () => {
  const { actAs } = await import('#access/act-as')
  const names = namesOf(sessionMachine.states)
  for (const from of names) {
    for (const to of names.filter((state) => state !== from)) {
      const at = new Date(startFor(to))
      await client.query(
        `UPDATE scheduled_sessions SET status = $2, starts_at = $3, ends_at = $3::timestamptz + interval '30 minutes' WHERE id = $1`,
        [sessionId, from, at.toISOString()],
      )
      for (const role of rolesFor(sessionMachine, from, to)) {
        const refusal = await refusalOf((req) =>
          payload.update({
            collection: 'scheduled-sessions',
            id: sessionId,
            data: { status: to },
            context: actAs({ role, id: null }),
            depth: 0,
            req,
          }),
        )
        const what = `${from} → ${to} (${role})`
        if (sessionMachine.states[from].to[to]?.who.includes(role)) expect(refusal, what).toBeUndefined()
        else expect(refusal, what).toContain(`A session that is ${from} cannot become ${to} (${role}).`)
      }
    }
  }
})

it('a request does so as well; what a state needs besides is asked after that', async () => {
  const { writeRequest } = await import('#requests/change/change-request')
  const names = namesOf(requestMachine.states)
  for (const from of names) {
    await client.query(`UPDATE consultation_requests SET status = $2 WHERE id = $1`, [requestId, from])
    for (const to of names.filter((state) => state !== from)) {
      for (const role of rolesFor(requestMachine, from, to)) {
        const actor = { role, id: null }
        const refusal = await refusalOf((req) => writeRequest(req, { id: requestId, data: { status: to }, actor }))
        const illegal = `A request that is ${from} cannot become ${to} (${role}).`
        const what = `${from} → ${to} (${role})`
        if (requestMachine.states[from].to[to]?.who.includes(role)) expect(refusal ?? '', what).not.toContain(illegal)
        else expect(refusal, what).toContain(illegal)
      }
    }
  }
})

it('a slot is claimed out of a hold, or again where it was given up, and never out of a block', async () => {
  const { attachClaim, reclaimSlot } = await import('#availability/claims/claim-queries')
  const { id: customerId } = (await createCustomer(payload)).customer
  const attach = (status: 'held' | 'booked') => (req: PayloadRequest) =>
    attachClaim(
      req,
      {
        slotId,
        sessionId,
        customerId,
        status,
        holdExpiresAt: Date.now() + hourMs,
        claimant: { by: null, inbox: null },
      },
      Date.now(),
    )
  const reclaim = (req: PayloadRequest) => reclaimSlot(req, slotId, Date.now())
  for (const from of slotStateNames) {
    await client.query(`UPDATE availability_slots SET status = $2 WHERE id = $1`, [slotId, from])
    for (const [to, claim, out] of [
      ['held', attach('held'), ['held', 'expired']],
      ['booked', attach('booked'), ['held', 'booked', 'expired']],
      ['booked', reclaim, ['held', 'booked', 'expired', 'released']],
    ] as const) {
      const refusal = await refusalOf(claim)
      if (isOneOf<SlotState>(out, from)) expect(refusal, `${from} → ${to}`).toBeUndefined()
      else expect(refusal, `${from} → ${to}`).toContain(`A slot that is ${from} cannot become ${to}`)
    }
  }
})
