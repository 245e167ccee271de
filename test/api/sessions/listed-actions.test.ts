import type { Payload } from 'payload'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ConsultantProfile, ConsultationRequest, ScheduledSession, ServiceType, User } from '#payload-types'
import { type RequestAction, requestActions } from '#requests/decide-request-actions'
import { type RequestState, requestStateNames, requestStates } from '#requests/request-states'
import { type SessionAction, sessionActions } from '#sessions/decide-actions'
import { otherSide, type SessionSide, sessionSideNames } from '#sessions/no-show/decide-no-show'
import { type SessionState, sessionStateNames, sessionStates } from '#sessions/session-states'
import { createReference } from '#shared/ids'
import { alwaysOpen, createConsultant, createServiceType, createUser, guest, hourIn, iso } from '../../support/fixtures'
import { openBounds } from '../../support/open-bounds'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestAnswer, type RestClient } from '../../support/rest-client'
import { openStripeSandbox } from '../../support/stripe-sandbox'

/**
 * What the API carries out is what it lists as `actions`: every action, asked for by every side, in every state, before, at and after the
 * time of the session.
 */

const roles = ['customer', 'consultant', 'operations', 'admin'] as const
type Role = (typeof roles)[number]

/** Whose an action is in some state; everybody else is told that it is not theirs. */
const sessionSides: Record<SessionAction, readonly Role[]> = {
  pay: ['customer', 'operations', 'admin'],
  cancel: roles,
  reschedule: roles,
  join: roles,
  review: ['customer'],
  // Whoever has the mail.
  confirm_email: roles,
  confirm: ['consultant', 'operations', 'admin'],
  decline: ['consultant', 'operations', 'admin'],
  start: ['consultant', 'operations', 'admin'],
  complete: ['consultant', 'operations', 'admin'],
  'no-show': roles,
  'answer-claim': ['customer', 'consultant'],
  'withdraw-claim': ['customer', 'consultant'],
  'decide-claim': ['operations', 'admin'],
}
const requestSides: Record<RequestAction, readonly Role[]> = {
  accept: ['customer', 'operations', 'admin'],
  cancel: ['customer', 'operations', 'admin'],
  assign: ['operations', 'admin'],
  propose: ['consultant', 'operations', 'admin'],
  reject: ['consultant', 'operations', 'admin'],
}

let payload: Payload
let api: RestClient
let ada: { profile: ConsultantProfile; user: User }
let bob: { profile: ConsultantProfile; user: User }
let free: ServiceType
let toConfirm: ServiceType
let paid: ServiceType
let logins: Record<Exclude<Role, 'customer'>, RestClient>
let hour = 0

beforeAll(async () => {
  const { env } = await openStripeSandbox()
  ;({ payload } = await openTestPayload({ ...env, RATE_LIMIT_FACTOR: '0' }))
  await openBounds(payload)
  api = await createRestClient(payload)
  // Every booking takes an hour of its own.
  ada = await createConsultant(payload, { availability: { ...alwaysOpen, maxAdvanceBookingDays: 300 } })
  bob = await createConsultant(payload)
  free = await createServiceType(payload, [ada.profile, bob.profile])
  toConfirm = await createServiceType(payload, [ada.profile], { requiresConfirmation: true })
  paid = await createServiceType(payload, [ada.profile], {
    isFree: false,
    prices: [{ durationMinutes: 30, amount: 4_999, currency: 'GBP' }],
  })
  logins = {
    consultant: await api.as(ada.user),
    operations: await api.as(await createUser(payload, ['operations'])),
    admin: await api.as(await createUser(payload, ['admin'])),
  }
})

const nextStart = () => hourIn(3 + Math.floor(hour / 24), hour++ % 24)

type Ask = (method: 'get' | 'post', path: string, body?: object) => Promise<RestAnswer>

const asRole =
  (role: Role, token: string): Ask =>
  (method, path, body) => {
    const client = role === 'customer' ? api : logins[role]
    const headers: Record<string, string> = role === 'customer' ? { Authorization: `Bearer ${token}` } : {}
    return method === 'get' ? client.get(path, headers) : client.post(path, body ?? {}, headers)
  }

/** Refused as it is said: by whose it is, else by the state (or, where it is only too late to move, by the policy). */
const expectRefused = (answer: RestAnswer, isTheirs: boolean, what: string) => {
  const [statuses, codes] = isTheirs
    ? [
        [409, 422],
        ['illegal_transition', 'outside_policy'],
      ]
    : [[403], ['forbidden']]
  expect(statuses, `${what}: ${answer.text}`).toContain(answer.status)
  expect(codes, what).toContain(answer.json.code)
}

/** `answer-claim` is done at `…/claim/answer`, `confirm_email` at `…/confirm-email`. */
const pathOf = (action: SessionAction): string =>
  action.replace(/^(answer|withdraw|decide)-claim$/, 'claim/$1').replace('_', '-')

const minute = 60_000
const clocks = { before: 24 * 60 * minute, during: -10 * minute, after: -90 * minute }

describe.each(sessionStateNames)('a session that is %s', (status: SessionState) => {
  const serviceType = () => {
    if (status === 'pending_payment') return paid
    return status === 'pending_confirmation' ? toConfirm : free
  }

  const book = async (clock: keyof typeof clocks, missing?: SessionSide) => {
    const customer = guest()
    const answer = await api.post('/booking/sessions', {
      consultant: ada.profile.slug,
      serviceType: serviceType().slug,
      start: iso(nextStart()),
      customer,
    })
    expect(answer.status, answer.text).toBe(201)
    const { reference } = answer.json.session
    const where = { reference: { equals: reference } }
    const { docs } = await payload.find({ collection: 'scheduled-sessions', where, depth: 0 })
    const id = docs[0]?.id ?? ''
    const start = Date.now() + clocks[clock]
    const data: Partial<ScheduledSession> = {
      status,
      ...(clock === 'before' ? {} : { startsAt: iso(start), endsAt: iso(start + 30 * minute) }),
    }
    await payload.db.updateOne({ collection: 'scheduled-sessions', id, data, returning: false })
    const stateNow = async () =>
      (await payload.findByID({ collection: 'scheduled-sessions', id, depth: 0 })).status ?? 'none'
    if (missing) {
      await payload.db.create({
        collection: 'no-show-claims',
        data: {
          reference: createReference('NC'),
          status: 'open',
          scheduledSession: id,
          consultant: docs[0]?.consultant,
          customer: docs[0]?.customer,
          missing,
          raisedBy: otherSide(missing),
          objections: [],
          deadline: iso(Date.now() + 60 * minute),
        },
      })
    }
    const [{ settings }, { arrivalProof }] = await Promise.all([
      import('#settings'),
      import('#notifications/render/compose-links'),
    ])
    const mail = arrivalProof(settings.payloadSecret, String(reference), customer.email)
    return { url: `/booking/sessions/${String(reference)}`, token: String(answer.json.manageToken), mail, stateNow }
  }
  type Booked = Awaited<ReturnType<typeof book>>

  const act = async (ask: Ask, role: Role, { url, mail }: Booked, action: SessionAction): Promise<RestAnswer> => {
    if (action === 'join') {
      const [{ settings }, { joinUrlOf }] = await Promise.all([
        import('#settings'),
        import('#sessions/present-session'),
      ])
      const reference = url.split('/').pop() ?? ''
      const link = joinUrlOf({ reference }, { serverUrl: '', secret: settings.payloadSecret, actor: { role } })
      return api.post(link.replace('/api', ''))
    }
    if (action === 'pay') return ask('post', `${url}/payment`)
    const bodies: Partial<Record<SessionAction, object>> = {
      reschedule: { start: iso(nextStart()) },
      confirm_email: { mail },
      review: { rating: 5 },
      'no-show': role === 'operations' || role === 'admin' ? { who: 'consultant' } : {},
      'answer-claim': { text: 'I was there.' },
      'decide-claim': { decision: 'reject', reason: 'Both were there.' },
    }
    return ask('post', `${url}/${pathOf(action)}`, bodies[action])
  }

  const claimable: readonly SessionState[] = ['scheduled', 'in_progress', 'completed', 'no_show_user']
  const isOver = sessionStates[status].terminal
  describe.each(isOver ? (['after'] as const) : (['before', 'during', 'after'] as const))('%s its time', (clock) => {
    const walk = async (role: Role, missing?: SessionSide) => {
      const booked = await book(clock, missing)
      const read = await asRole(role, booked.token)('get', booked.url)
      const listed: SessionAction[] = read.json.actions
      for (const action of sessionActions) {
        const what = `${action} by ${role}`
        if (listed.includes(action)) {
          const own = await book(clock, missing)
          const done = await act(asRole(role, own.token), role, own, action)
          expect([200, 201, 303], `${what}: ${done.text}`).toContain(done.status)
          expect(sessionSides[action], what).toContain(role)
        } else {
          const refused = await act(asRole(role, booked.token), role, booked, action)
          expectRefused(refused, sessionSides[action].includes(role), what)
          expect(await booked.stateNow(), what).toBe(status)
        }
      }
      return listed
    }

    it.each(roles)('does for %s what it lists, and refuses the rest', async (role) => {
      const listed = await walk(role)
      expect(listed.filter((action) => action.endsWith('-claim'))).toEqual([])
    })

    if (!claimable.includes(status) || clock !== (isOver ? 'after' : 'during')) return
    it.each(roles.flatMap((role) => sessionSideNames.map((missing) => ({ role, missing }))))(
      'does for $role what it lists while it is claimed that the $missing did not come, and refuses the rest',
      async ({ role, missing }) => {
        const listed = await walk(role, missing)
        const side = role === 'customer' || role === 'consultant' ? role : undefined
        const own = side === undefined ? 'decide-claim' : side === missing ? 'answer-claim' : 'withdraw-claim'
        expect(listed.filter((action) => action.endsWith('-claim'))).toEqual([own])
        expect(listed).not.toContain('no-show')
      },
    )
  })
})

describe.each(requestStateNames)('a request that is %s', (status: RequestState) => {
  const ask = async () => {
    const answer = await api.post('/booking/requests', {
      serviceType: free.slug,
      preferredConsultant: ada.profile.slug,
      customer: guest(),
      problem: { description: 'How do I price this?' },
    })
    expect(answer.status, answer.text).toBe(201)
    const url = `/booking/requests/${String(answer.json.request.reference)}`
    const start = nextStart()
    const proposed = await logins.consultant.post(`${url}/propose`, { times: [iso(start)] })
    expect(proposed.status, proposed.text).toBe(200)
    const { docs } = await payload.find({
      collection: 'consultation-requests',
      where: { reference: { equals: answer.json.request.reference } },
      depth: 0,
    })
    const id = docs[0]?.id ?? ''
    const data: Partial<ConsultationRequest> = { status }
    await payload.db.updateOne({ collection: 'consultation-requests', id, data, returning: false })
    const stateNow = async () => (await payload.findByID({ collection: 'consultation-requests', id, depth: 0 })).status
    return { url, start, token: String(answer.json.manageToken), stateNow }
  }

  const act = (role: Role, asked: Awaited<ReturnType<typeof ask>>, action: RequestAction) => {
    const isStaff = role === 'operations' || role === 'admin'
    const bodies: Record<RequestAction, object> = {
      accept: {
        start: iso(asked.start),
        ...(isStaff ? { outsideOfferedTimes: { reason: 'Agreed by telephone' } } : {}),
      },
      cancel: {},
      assign: { consultant: bob.profile.slug },
      propose: { times: [iso(nextStart())] },
      reject: { reason: 'Not my field' },
    }
    return asRole(role, asked.token)('post', `${asked.url}/${action}`, bodies[action])
  }

  it.each(roles)('does for %s what it lists, and refuses the rest', async (role) => {
    const asked = await ask()
    const listed: RequestAction[] = (await asRole(role, asked.token)('get', asked.url)).json.request.actions
    if (requestStates[status].terminal) expect(listed).toEqual([])
    for (const action of requestActions) {
      const what = `${action} by ${role}`
      if (listed.includes(action)) {
        const done = await act(role, await ask(), action)
        expect([200, 201], `${what}: ${done.text}`).toContain(done.status)
        expect(requestSides[action], what).toContain(role)
      } else {
        expectRefused(await act(role, asked, action), requestSides[action].includes(role), what)
        expect(await asked.stateNow(), what).toBe(status)
      }
    }
  })
})
