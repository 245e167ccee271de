import type { Payload } from 'payload'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ConsultantProfile, ScheduledSession, ServiceType, User } from '#payload-types'
import type { StripeSandbox } from '#sandbox/stripe/start-stripe-sandbox'
import { connectTo, type TestDatabase } from '../../support/database'
import { createConsultant, createServiceType, createUser, hourIn, iso } from '../../support/fixtures'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'
import { openStripeSandbox } from '../../support/stripe-sandbox'
import { ask, type Asked, createStaff, eventsOf, historyOf, type Staff, stored } from './request-world'

let payload: Payload
let database: TestDatabase
let api: RestClient
let staff: Staff
let stripe: StripeSandbox
let ada: { profile: ConsultantProfile; user: User }
let asAda: RestClient
let serviceType: ServiceType
let asked: Asked
let start: number
let hour = 0

const sizeQuestion = { key: 'size', label: 'People', type: 'number' as const, required: true }

const nextStart = () => hourIn(8 + Math.floor(hour / 20), hour++ % 20)

beforeAll(async () => {
  const sandbox = await openStripeSandbox()
  stripe = sandbox.stripe
  ;({ payload, database } = await openTestPayload(sandbox.env))
  api = await createRestClient(payload)
  staff = await createStaff(payload, api)
  ada = await createConsultant(payload)
  asAda = await api.as(ada.user)
  serviceType = await createServiceType(payload, [ada.profile], {
    intakeQuestions: [sizeQuestion],
  })
})

const askAndPropose = async (service: ServiceType) => {
  start = nextStart()
  asked = await ask(api, { serviceType: service.slug, preferredConsultant: ada.profile.slug, answers: { size: 12 } })
  const proposed = await asAda.post(`${asked.url}/propose`, { times: [iso(start), iso(nextStart())] })
  expect(proposed.status, proposed.text).toBe(200)
}

const accept = (at = start, headers: Record<string, string> = {}) =>
  api.post(`${asked.url}/accept`, { start: iso(at) }, { ...asked.token, ...headers })

const sessionOf = async (reference: string): Promise<ScheduledSession> => {
  const { docs } = await payload.find({
    collection: 'scheduled-sessions',
    where: { reference: { equals: reference } },
    depth: 0,
  })
  const [session] = docs
  if (!session) throw new Error(`There is no session ${reference}.`)
  return session
}

describe('accepting a free time', () => {
  beforeEach(() => askAndPropose(serviceType))

  it('takes custom attributes of the session, and asks for none', async () => {
    const define = async (more: object) => {
      const label = 'x'
      const body = { subject: 'scheduled-sessions', label, type: 'text', ...more }
      const answer = await staff.operations.post('/custom-attributes', body)
      expect(answer.status, answer.text).toBe(201)
      return String(answer.json.doc.id)
    }
    const own = { readableBy: ['customer'], writableBy: ['customer'] }
    const ids = [await define({ key: 'goal', required: true, ...own }), await define({ key: 'inside' })]
    const take = (attributes: object) => api.post(`${asked.url}/accept`, { start: iso(start), attributes }, asked.token)
    const refused = await take({ inside: 'x' })
    expect(refused.json.errors).toEqual([{ path: 'attributes.inside', message: 'is no attribute that is in use here' }])
    const answer = await take({ goal: 'Rome' })
    expect(answer.status, answer.text).toBe(201)
    expect(answer.json.session.attributes).toEqual({ goal: 'Rome' })
    await askAndPropose(serviceType)
    expect((await accept()).status).toBe(201)
    for (const id of ids) await staff.operations.patch(`/custom-attributes/${id}`, { isActive: false })
  })

  it('makes a session of all that was said, and the request follows it', async () => {
    const answer = await accept()
    expect(answer.status, answer.text).toBe(201)
    const { session, manageToken, payment, request } = answer.json
    expect(session).toMatchObject({
      status: 'scheduled',
      start: iso(start),
      end: iso(start + 30 * 60_000),
      timeZone: 'Europe/Berlin',
      consultant: { slug: ada.profile.slug },
    })
    expect(payment).toBeNull()
    expect(request).toMatchObject({ status: 'scheduled', session: { reference: session.reference }, actions: [] })
    const record = await sessionOf(session.reference)
    const source = await stored(payload, asked.reference)
    expect(record).toMatchObject({
      request: source.id,
      customer: source.requester,
      problemTitle: 'Pricing',
      problemDescription: 'How do I price this?',
      answers: { size: 12 },
    })
    expect(historyOf(source)).toEqual([
      'new → pending (customer)',
      'pending → pending_confirmation (consultant)',
      'pending_confirmation → scheduled (customer)',
    ])
    expect(await eventsOf(database, source.id)).toEqual(['created', 'assigned', 'proposed', 'scheduled'])

    const manage = { Authorization: `Bearer ${manageToken}` }
    expect((await api.get(`/booking/sessions/${session.reference}`, manage)).status).toBe(200)
    const cancelled = await api.post(`/booking/sessions/${session.reference}/cancel`, {}, manage)
    expect(cancelled.status, cancelled.text).toBe(200)
    const after = await stored(payload, asked.reference)
    expect(after.status).toBe('cancelled')
    expect(historyOf(after).at(-1)).toBe('scheduled → cancelled (system)')
    expect(after.statusHistory?.at(-1)?.reason).toBe('its session is cancelled by user')
  })

  it('is done once, also when two ask at once', async () => {
    const answers = await Promise.all([accept(), accept()])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    expect(answers.find(({ status }) => status === 409)?.json.code).toBe('illegal_transition')
    const { totalDocs } = await payload.count({
      collection: 'scheduled-sessions',
      where: { 'request.reference': { equals: asked.reference } },
    })
    expect(totalDocs).toBe(1)
  })

  it('leaves the request open when the time went meanwhile', async () => {
    const body = { consultant: ada.profile.slug, serviceType: serviceType.slug, start: iso(start) }
    expect((await api.post('/booking/holds', body)).status).toBe(201)
    const taken = await accept()
    expect(taken.json).toMatchObject({ status: 409, code: 'slot_taken' })
    const request = await stored(payload, asked.reference)
    expect(request).toMatchObject({ status: 'pending_confirmation', scheduledSession: null })
    const other = request.proposedTimes?.[1]?.startsAt ?? ''
    expect((await accept(Date.parse(other))).status).toBe(201)
  })

  it('takes none but the proposed times', async () => {
    const answer = await accept(nextStart())
    expect(answer.json).toMatchObject({ status: 422, code: 'slot_not_offered', errors: [{ path: 'start' }] })
  })

  it('is refused before anything is proposed, and says what the state is', async () => {
    asked = await ask(api, { serviceType: serviceType.slug, preferredConsultant: ada.profile.slug })
    const answer = await accept()
    expect(answer.json).toMatchObject({ status: 409, code: 'illegal_transition' })
    expect(answer.json.detail).toBe(
      'A request that is pending cannot become scheduled (customer). Allowed next: cancelled.',
    )
  })

  it('is refused when the consultant has gone', async () => {
    await payload.update({ collection: 'consultant-profiles', id: ada.profile.id, data: { isPublic: false } })
    try {
      expect((await accept()).json).toMatchObject({ status: 422, code: 'slot_not_offered' })
    } finally {
      await payload.update({ collection: 'consultant-profiles', id: ada.profile.id, data: { isPublic: true } })
    }
    expect((await stored(payload, asked.reference)).status).toBe('pending_confirmation')
  })

  it('is refused once the time to answer is over, whether or not the job has run', async () => {
    const { id } = await stored(payload, asked.reference)
    const expiresAt = iso(Date.now() - 1_000)
    await payload.update({ collection: 'consultation-requests', id, data: { expiresAt } })
    expect((await api.get(asked.url, asked.token)).json.request.actions).toEqual(['cancel'])
    expect((await accept()).json).toMatchObject({ status: 409, code: 'illegal_transition' })
  })

  it('is for the requester, or for operations on their behalf', async () => {
    const at = { start: iso(start) }
    expect((await asAda.post(`${asked.url}/accept`, at)).json).toMatchObject({ status: 403, code: 'forbidden' })
    expect((await api.post(`${asked.url}/accept`, at)).json).toMatchObject({ status: 404, code: 'not_found' })
    const stranger = await api.as(await createUser(payload, ['customer']))
    expect((await stranger.post(`${asked.url}/accept`, at)).json).toMatchObject({ status: 404, code: 'not_found' })
    const answer = await staff.operations.post(`${asked.url}/accept`, at)
    expect(answer.status, answer.text).toBe(201)
    const session = await sessionOf(answer.json.session.reference)
    expect(session.statusHistory?.[0]).toMatchObject({ to: 'scheduled', actorRole: 'operations' })
  })

  it('answers the same again for one Idempotency-Key', async () => {
    const key = { 'Idempotency-Key': `accept-${asked.reference}` }
    const [first, second] = [await accept(start, key), await accept(start, key)]
    expect(first.status, first.text).toBe(201)
    expect(second.text).toBe(first.text)
  })

  it('is completed with its session, also when somebody did not come', async () => {
    const { json } = await accept()
    const { id } = await sessionOf(json.session.reference)
    await payload.db.updateOne({
      collection: 'scheduled-sessions',
      id,
      data: { startsAt: iso(hourIn(-1)), endsAt: iso(hourIn(-1) + 30 * 60_000) },
      returning: false,
    })
    const noShow = await asAda.post(`/booking/sessions/${json.session.reference}/no-show`)
    expect(noShow.status, noShow.text).toBe(200)
    expect((await stored(payload, asked.reference)).status).toBe('completed')
  })

  it('follows without lending its name to the other rows of a bulk edit', async () => {
    const first = await sessionOf((await accept()).json.session.reference)
    await askAndPropose(serviceType)
    const second = await sessionOf((await accept()).json.session.reference)
    const answer = await staff.operations.patch(`/scheduled-sessions?where[id][in]=${first.id},${second.id}`, {
      status: 'cancelled_by_operations',
    })
    expect(answer.status, answer.text).toBe(200)
    for (const { reference } of [first, second]) {
      const { statusHistory } = await sessionOf(reference)
      expect(statusHistory?.at(-1)).toMatchObject({ to: 'cancelled_by_operations', actorRole: 'operations' })
    }
    const { rows } = await (
      await connectTo(database)
    ).query(
      `SELECT facts->'detail'->>'by' AS by FROM parley.errands
       WHERE facts->>'event' = 'closed' AND facts->>'sessionId' = ANY ($1)`,
      [[first.id, second.id]],
    )
    expect(rows).toEqual([{ by: 'operations' }, { by: 'operations' }])
  })

  it('cannot be cancelled beside its session', async () => {
    await accept()
    const answer = await api.post(`${asked.url}/cancel`, {}, asked.token)
    expect(answer.json).toMatchObject({ status: 409, code: 'illegal_transition' })
    expect(answer.json.detail).toContain('It follows its session: change that instead.')
  })
})

describe('accepting a time that is paid', () => {
  let paid: ServiceType

  beforeAll(async () => {
    paid = await createServiceType(payload, [ada.profile], {
      intakeQuestions: [sizeQuestion],
      isFree: false,
      prices: [{ durationMinutes: 30, amount: 4_999, currency: 'GBP' }],
    })
  })
  beforeEach(() => askAndPropose(paid))

  const checkoutIdOf = (url: string) => new URL(url).pathname.split('/').pop() ?? ''

  it('answers with the checkout, the same one for a retry, and is scheduled once paid', async () => {
    const key = { 'Idempotency-Key': `pay-${asked.reference}` }
    const answer = await accept(start, key)
    expect(answer.status, answer.text).toBe(201)
    expect(answer.json).toMatchObject({
      session: { status: 'pending_payment', price: { amount: 4_999, currency: 'GBP' } },
      payment: { amount: { amount: 4_999, currency: 'GBP' } },
      request: { reference: asked.reference, status: 'scheduled' },
    })
    expect((await accept(start, key)).text).toBe(answer.text)

    const { session, manageToken, payment } = answer.json
    stripe.control.payCheckout(checkoutIdOf(payment.checkoutUrl))
    const manage = { Authorization: `Bearer ${manageToken}` }
    const refreshed = await api.post(`/booking/sessions/${session.reference}/payment/refresh`, {}, manage)
    expect(refreshed.json.session.status).toBe('scheduled')
    expect((await stored(payload, asked.reference)).status).toBe('scheduled')
  })

  it('is cancelled when nobody pays, and on again when the payment comes late', async () => {
    const { json } = await accept()
    const { id } = await sessionOf(json.session.reference)
    const { changeSessionState, requireLockedSession } = await import('#sessions/change/change-session')
    const { withTransaction } = await import('#database/transactions')
    const { systemActor, paymentActor } = await import('#shared/actor')
    const { reclaimSlot } = await import('#availability/claims/claim-queries')
    const change = (to: 'expired' | 'scheduled') =>
      withTransaction(payload, async (req) => {
        const session = await requireLockedSession(req, id)
        if (to === 'scheduled' && session.slotId) await reclaimSlot(req, session.slotId, Date.now())
        const actor = to === 'expired' ? systemActor : paymentActor
        await changeSessionState(req, { session, to, actor, now: Date.now() })
      })
    await change('expired')
    expect((await stored(payload, asked.reference)).status).toBe('cancelled')
    await change('scheduled')
    const request = await stored(payload, asked.reference)
    expect(historyOf(request).slice(-2)).toEqual(['scheduled → cancelled (system)', 'cancelled → scheduled (system)'])
  })
})
