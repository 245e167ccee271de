import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type pg from 'pg'
import type { ConsultantProfile, ServiceType, User } from '#payload-types'
import { connectTo } from '../../support/database'
import { alwaysOpen, createConsultant, createServiceType, createUser, guest, iso } from '../../support/fixtures'
import {
  book as bookIn,
  follow,
  type MessageWorld,
  nextStart,
  openMessageWorld,
  work as workIn,
} from '../../support/message-world'
import { recordPaidSession } from '../../support/money-records'
import { calendarOf, linkIn } from '../../support/resend-sandbox'

const hostile = 'Dear http://evil.example'
const withheld = 'Too many mails within an hour or a day to an address that nobody has confirmed.'

let world: MessageWorld
let client: pg.Client
let consultant: { profile: ConsultantProfile; user: User }
let free: ServiceType
let operations: User

beforeAll(async () => {
  world = await openMessageWorld()
  client = await connectTo(world.database)
  consultant = await createConsultant(world.payload, { availability: alwaysOpen })
  free = await createServiceType(world.payload, [consultant.profile])
  operations = await createUser(world.payload, ['operations'])
})

beforeEach(() => world.resend.control.clear())

const work = () => workIn(world)
const book = (customer: ReturnType<typeof guest> & { language?: string }) =>
  bookIn(world, { consultant: consultant.profile, serviceType: free, customer, isConfirmed: false })
const mailsTo = (email: string) => world.resend.control.emails(email)
const said = (mails: ReturnType<typeof mailsTo>) =>
  mails.map((mail) => [mail.subject, mail.text, mail.html, String(mail.to), calendarOf(mail)].join('\n')).join('\n')

const isVerified = async (email: string) => {
  const { rows } = await client.query<{ is: boolean }>('SELECT email_verified AS is FROM customers WHERE email = $1', [
    email,
  ])
  return rows[0]?.is
}

/** What the page behind the link of a mail sends. */
const confirm = (link: URL, proof = new URLSearchParams(link.hash.slice(1)).get('mail') ?? '') =>
  world.api.post('/booking/addresses/confirm', { reference: link.pathname.split('/').pop(), mail: proof })

const outcomesOf = async (email: string): Promise<Record<string, number>> => {
  const { rows } = await client.query<{ outcome: string; n: number }>(
    `SELECT coalesce(delivery_error, delivery_state::text) AS outcome, count(*)::int AS n FROM notifications n
     JOIN customers c ON c.id = n.recipient_customer_id WHERE c.email = $1 GROUP BY 1`,
    [email],
  )
  return Object.fromEntries(rows.map(({ outcome, n }) => [outcome, n]))
}

describe.each(['en', 'de'])('a mail in %s to an address that nobody has confirmed', (language) => {
  it('holds nothing that a stranger wrote, whatever field it is in; the consultant reads it as text', async () => {
    const customer = { ...guest({ name: hostile }), language }
    const start = nextStart()
    const booked = await world.api.post('/booking/sessions', {
      consultant: consultant.profile.slug,
      serviceType: free.slug,
      start: iso(start),
      customer,
      problem: { title: hostile, description: hostile, category: hostile },
      notes: hostile,
    })
    expect(booked.status, booked.text).toBe(201)
    await work()
    const auth = { Authorization: `Bearer ${String(booked.json.manageToken)}` }
    const url = `/booking/sessions/${String(booked.json.session.reference)}`
    const moved = await world.api.post(`${url}/reschedule`, { start: iso(nextStart()), reason: hostile }, auth)
    expect(moved.status, moved.text).toBe(200)
    await work()
    expect((await world.api.post(`${url}/cancel`, { reason: hostile }, auth)).status).toBe(200)
    await work()
    const asked = await world.api.post('/booking/requests', {
      serviceType: free.slug,
      preferredConsultant: consultant.profile.slug,
      customer,
      problem: { title: hostile, description: hostile },
    })
    expect(asked.status, asked.text).toBe(201)
    await work()

    const mails = mailsTo(customer.email)
    expect(mails).toHaveLength(4)
    expect(said(mails)).not.toContain('evil.example')
    expect(mails[0]?.text).toContain(language === 'de' ? 'Guten Tag,' : 'Hello,')
    const theirs = mailsTo(consultant.user.email)
    expect(theirs.length).toBeGreaterThan(3)
    expect(said(theirs)).toContain('evil.example')
    for (const { html } of theirs) expect(html).not.toMatch(/<a[^>]*evil/)
  })

  it('speaks to them by name once they have opened its link', async () => {
    const customer = { ...guest({ name: 'Ada Lovelace' }), language }
    const booking = await book(customer)
    await work()
    const link = linkIn(mailsTo(customer.email)[0], /#token=/)
    expect(mailsTo(customer.email)[0]?.text).not.toContain('Ada Lovelace')
    expect((await confirm(link)).status).toBe(204)
    expect((await confirm(link)).status).toBe(204)
    expect(await isVerified(customer.email)).toBe(true)
    await booking.cancel('My train is late')
    await work()
    const later = mailsTo(customer.email).at(-1)
    expect(later?.text).toContain('Ada Lovelace')
    expect(later?.text).toContain('My train is late')
  })
})

describe('that a mail has arrived', () => {
  it('is shown by nothing that whoever books is given', async () => {
    const [mine, victim] = [guest(), guest()]
    const [own, other] = [await book(mine), await book(victim)]
    await work()
    const ownLink = linkIn(mailsTo(mine.email)[0], /#token=/)
    const target = new URL(`http://localhost/booking/${other.reference}`)
    for (const proof of [
      other.auth.Authorization.slice(7),
      new URLSearchParams(ownLink.hash.slice(1)).get('mail') ?? '',
      'guess',
      '',
    ]) {
      const refused = await confirm(target, proof)
      expect(refused.json, proof).toMatchObject({ code: 'not_found' })
    }
    await world.api.get(other.url, other.auth)
    await world.api.get(own.url, own.auth)
    expect(await isVerified(victim.email)).toBe(false)
  })

  it('is forgotten when the address is changed, and a proof of the old one is none of the new one', async () => {
    const customer = guest()
    await book(customer)
    await work()
    const link = linkIn(mailsTo(customer.email)[0], /#token=/)
    await confirm(link)
    const staff = await world.api.as(operations)
    const { docs } = await world.payload.find({ collection: 'customers', where: { email: { equals: customer.email } } })
    const changed = guest().email
    const path = `/customers/${docs[0]?.id ?? ''}`
    expect((await staff.patch(path, { company: 'Analytical Engines' })).status).toBe(200)
    expect(await isVerified(customer.email)).toBe(true)
    expect((await staff.patch(path, { email: changed })).status).toBe(200)
    expect(await isVerified(changed)).toBe(false)
    expect((await confirm(link)).status).toBe(404)
    expect(await isVerified(changed)).toBe(false)
  })
})

describe('mails to an address that nobody has confirmed', () => {
  it('are ten within an hour, also when all are sent at once; what is over is withheld and says why', async () => {
    const customer = guest()
    for (let n = 0; n < 14; n++) await book(customer)
    await follow(world)
    const { deliverNotification } = await import('#notifications/deliver/deliver-notification')
    const [{ findSessionById }, { findRequestById }] = await Promise.all([
      import('#sessions/session-queries'),
      import('#requests/request-queries'),
    ])
    const subjects = { session: findSessionById, request: findRequestById }
    const { rows } = await client.query<{ id: string }>(
      `SELECT n.id FROM notifications n JOIN customers c ON c.id = n.recipient_customer_id WHERE c.email = $1`,
      [customer.email],
    )
    await Promise.all(rows.map(({ id }) => deliverNotification(world.payload, { notificationId: id, subjects })))
    expect(mailsTo(customer.email)).toHaveLength(10)
    expect(await outcomesOf(customer.email)).toEqual({ sent: 10, [withheld]: 4 })
    // A receipt is not among what fills an inbox.
    const { rows: over } = await client.query<{ id: string; session: string }>(
      `SELECT n.id, n.scheduled_session_id AS session FROM notifications n JOIN customers c ON c.id = n.recipient_customer_id
       WHERE c.email = $1 AND n.delivery_error = $2 LIMIT 1`,
      [customer.email, withheld],
    )
    const [receipt] = over
    const { docs } = await world.payload.find({ collection: 'customers', where: { email: { equals: customer.email } } })
    const { payment } = await recordPaidSession(world.payload, {
      consultant: consultant.profile,
      customer: { id: docs[0]?.id ?? '' },
      serviceType: free,
      amount: 5_000,
      currency: 'EUR',
      startsAt: nextStart(),
      paidAt: Date.now(),
    })
    const { maySendUnconfirmed } = await import('#notifications/deliver/may-send-to')
    const may = () =>
      maySendUnconfirmed(world.payload, { notificationId: String(receipt?.id), address: customer.email })
    expect(await may()).toBe(false)
    await client.query('UPDATE payments SET scheduled_session_id = $1 WHERE id = $2', [receipt?.session, payment.id])
    expect(await may()).toBe(true)
    // The bookings stand, and the consultant knows of all of them.
    await work()
    expect(mailsTo(consultant.user.email).length).toBeGreaterThanOrEqual(14)
  })

  it('are counted by inbox; an hour later there is room again, and after thirty only the next day', async () => {
    const [{ maySendUnconfirmed }, { createId }] = await Promise.all([
      import('#notifications/deliver/may-send-to'),
      import('#shared/ids'),
    ])
    const [name = '', host = ''] = guest().email.split('@')
    let n = 0
    const ask = (notificationId = createId(), address = `${name.toUpperCase()}+${n++}@${host}`) =>
      maySendUnconfirmed(world.payload, { notificationId, address })
    const askMany = async (many: number) => {
      const answers = await Promise.all(Array.from({ length: many }, () => ask()))
      return answers.filter(Boolean).length
    }
    const pass = (time: string) =>
      client.query('UPDATE parley.unconfirmed_mails SET counted_at = counted_at - $1::interval', [time])
    const first = createId()
    expect(await ask(first)).toBe(true)
    expect(await askMany(13)).toBe(9)
    // Tried again: it was counted.
    expect(await ask(first)).toBe(true)
    for (const room of [10, 10, 0]) {
      await pass('61 minutes')
      expect(await askMany(13)).toBe(room)
    }
    await pass('1 day')
    expect(await askMany(13)).toBe(10)
    expect(await ask(createId(), guest().email)).toBe(true)
    await pass('4 days')
    const { deleteCountedMails } = await import('#notifications/deliver/unconfirmed-queries')
    expect(await deleteCountedMails(world.payload)).toBeGreaterThan(20)
    const { rows } = await client.query('SELECT FROM parley.unconfirmed_mails')
    expect(rows).toEqual([])
  })

  it('are as many as there are once it is confirmed', async () => {
    const customer = guest()
    await book(customer)
    await work()
    await confirm(linkIn(mailsTo(customer.email)[0], /#token=/))
    for (let n = 0; n < 8; n++) await book(customer)
    await work()
    expect(await outcomesOf(customer.email)).toEqual({ sent: 9 })
  })
})

describe('bookings and requests for one address', () => {
  it('are sixty within an hour, from wherever, known or not; staff are not bound', async () => {
    const customer = guest()
    const attempt = (n: number) =>
      world.api.post(
        '/booking/requests',
        { serviceType: free.slug, customer, problem: { description: 'x' } },
        { 'X-Forwarded-For': `198.51.100.${n}` },
      )
    const answers = await Promise.all(Array.from({ length: 65 }, (_, n) => attempt(n)))
    const refused = answers.filter(({ status }) => status !== 201)
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(60)
    for (const { status, json, headers } of refused) {
      expect(status).toBe(429)
      expect(json).toMatchObject({ code: 'rate_limited' })
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(60)
    }
    const staff = await world.api.as(operations)
    const taken = await staff.post('/booking/requests', {
      serviceType: free.slug,
      customer,
      problem: { description: 'x' },
    })
    expect(taken.status, taken.text).toBe(201)
  })
})
