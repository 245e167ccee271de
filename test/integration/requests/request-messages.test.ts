import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ConsultantProfile, ServiceType, User } from '#payload-types'
import { createConsultant, createServiceType, createUser, guest, iso } from '../../support/fixtures'
import { makeJobsDue, runDueJobs } from '../../support/jobs'
import { type Guest, type MessageWorld, nextStart, openMessageWorld, work as workIn } from '../../support/message-world'
import { kindOf, linkIn } from '../../support/resend-sandbox'

let world: MessageWorld
let ada: { profile: ConsultantProfile; user: User }
let operations: User
let serviceType: ServiceType

beforeAll(async () => {
  world = await openMessageWorld()
  ada = await createConsultant(world.payload, { name: 'Ada Okafor' })
  operations = await createUser(world.payload, ['operations'])
  // Staff who left are told nothing.
  await createUser(world.payload, ['operations'], { isActive: false, email: 'left@parley.example' })
  serviceType = await createServiceType(world.payload, [ada.profile], { name: 'Tax advice' })
})
beforeEach(() => world.resend.control.clear())

const work = () => workIn(world)
const mailsTo = (email: string) => world.resend.control.emails(email)
const kindsTo = (email: string) => mailsTo(email).map(kindOf)
const all = () => world.resend.control.emails().map(kindOf).sort()

const ask = async (
  customer: Guest = guest(),
  more: Record<string, unknown> = { preferredConsultant: ada.profile.slug },
) => {
  const answer = await world.api.post('/booking/requests', {
    customer,
    serviceType: serviceType.slug,
    problem: { title: 'VAT', description: 'Where is VAT due?' },
    ...more,
  })
  expect(answer.status, answer.text).toBe(201)
  const url = `/booking/requests/${String(answer.json.request.reference)}`
  const auth = { Authorization: `Bearer ${String(answer.json.manageToken)}` }
  const as = async (user: User | null, path: string, body: unknown = {}) => {
    const api = user ? await world.api.as(user) : world.api
    const done = await api.post(`${url}/${path}`, body, user ? {} : auth)
    expect([200, 201], done.text).toContain(done.status)
    return done.json
  }
  return { customer, url, reference: String(answer.json.request.reference), as }
}

describe('a request', () => {
  it('is told to the customer, to operations, and to the consultant who is asked', async () => {
    const request = await ask()
    await work()
    expect(all()).toEqual([
      'availability_request/consultant',
      'request_received/customer',
      'request_received/operations',
    ])
    const [mail] = mailsTo(request.customer.email)
    const link = linkIn(mail, /\/requests\//)
    expect(link.pathname).toBe(`/requests/${request.reference}`)
    const opened = await world.api.get(request.url, {
      Authorization: `Bearer ${new URLSearchParams(link.hash.slice(1)).get('token') ?? ''}`,
    })
    expect(opened.json.request.reference).toBe(request.reference)
    expect(mailsTo(ada.user.email)[0]?.text).toContain('VAT')
    expect(kindsTo(operations.email)).toEqual(['request_received/operations'])
    await work()
    expect(all()).toHaveLength(3)
  })

  it('that nobody fits yet is told to the customer when somebody is found', async () => {
    const request = await ask(guest(), {})
    await work()
    expect(kindsTo(request.customer.email)).toEqual(['request_received/customer'])
    await world.resend.control.clear()
    await request.as(operations, 'assign', { consultant: ada.profile.slug })
    await work()
    expect(all()).toEqual(['availability_request/consultant', 'request_assigned/customer'])
  })

  it('with proposed times is told in the customer’s language and zone; other times are told anew', async () => {
    const request = await ask({ ...guest({ timeZone: 'Asia/Kolkata' }), language: 'de' })
    await work()
    await world.resend.control.clear()
    const [first, second] = [nextStart(), nextStart()]
    await request.as(ada.user, 'propose', { times: [iso(first)] })
    await work()
    const [mail] = mailsTo(request.customer.email)
    expect(kindOf(mail)).toBe('request_proposed/customer')
    const local = new Intl.DateTimeFormat('de', { timeZone: 'Asia/Kolkata', hour: '2-digit', minute: '2-digit' })
    expect(mail?.text).toContain(local.format(first))
    expect(mail?.text).toContain('Asia/Kolkata')
    await request.as(ada.user, 'propose', { times: [iso(second)] })
    await work()
    expect(kindsTo(request.customer.email)).toHaveLength(2)
    expect(mailsTo(request.customer.email)[1]?.text).toContain(local.format(second))

    const { session } = await request.as(null, 'accept', { start: iso(second) })
    await world.resend.control.clear()
    await work()
    expect(session.status).toBe('scheduled')
    expect(all()).toEqual(['booking_confirmation/consultant', 'booking_confirmation/customer'])
  })

  it('whose proposed times were withdrawn before the mail went out proposes nothing', async () => {
    const request = await ask()
    await work()
    await world.resend.control.clear()
    await request.as(ada.user, 'propose', { times: [iso(nextStart())] })
    await request.as(null, 'cancel')
    await work()
    expect(kindsTo(request.customer.email)).toEqual(['request_cancelled/customer'])
    expect(kindsTo(ada.user.email)).toEqual(['request_cancelled/consultant'])
  })

  it('rejected: the customer is told why', async () => {
    const request = await ask()
    await work()
    await world.resend.control.clear()
    await request.as(operations, 'reject', { reason: 'Nobody of us knows this law.' })
    await work()
    expect(all()).toEqual(['request_rejected/customer'])
    expect(mailsTo(request.customer.email)[0]?.text).toContain('Nobody of us knows this law.')
  })

  it('unanswered: the customer is told that it has expired', async () => {
    const request = await ask()
    await work()
    await world.resend.control.clear()
    await world.payload.db.updateOne({
      collection: 'consultation-requests',
      where: { reference: { equals: request.reference } },
      data: { expiresAt: new Date(Date.now() - 1_000).toISOString() },
      returning: false,
    })
    await makeJobsDue(world.database, 'expire-request')
    await runDueJobs(world.payload, world.database, { only: ['expire-request'] })
    await work()
    expect(all()).toEqual(['request_expired/customer'])
  })

  it('whose session is cancelled: the session’s own mails say so', async () => {
    const request = await ask()
    const start = nextStart()
    await request.as(ada.user, 'propose', { times: [iso(start)] })
    const { session, manageToken } = await request.as(null, 'accept', { start: iso(start) })
    await work()
    await world.resend.control.clear()
    const auth = { Authorization: `Bearer ${String(manageToken)}` }
    const cancelled = await world.api.post(`/booking/sessions/${String(session.reference)}/cancel`, {}, auth)
    expect(cancelled.status, cancelled.text).toBe(200)
    await work()
    expect(all()).toEqual(['booking_cancelled/consultant', 'booking_cancelled/customer'])
  })
})
