import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ConsultantProfile, ServiceType, User } from '#payload-types'
import { createConsultant, createServiceType, guest, iso } from '../../support/fixtures'
import {
  book as bookIn,
  follow as followIn,
  type Guest,
  makeMailsDue,
  type MessageWorld,
  nextStart,
  openMessageWorld,
  work as workIn,
} from '../../support/message-world'
import { calendarOf, kindOf, linkIn } from '../../support/resend-sandbox'

let world: MessageWorld
let consultant: { profile: ConsultantProfile; user: User }
let serviceType: ServiceType

beforeAll(async () => {
  world = await openMessageWorld()
  consultant = await createConsultant(world.payload, { name: 'Ada Okafor', languages: ['Deutsch', 'English'] })
  serviceType = await createServiceType(world.payload, [consultant.profile], { name: 'Pricing review' })
})
beforeEach(() => world.resend.control.clear())

const follow = () => followIn(world)
const work = () => workIn(world)
const book = (customer?: Guest) =>
  bookIn(world, { consultant: consultant.profile, serviceType, ...(customer ? { customer } : {}) })
const consultantMails = () => world.resend.control.emails(consultant.user.email)

/** An instant as iCalendar writes it. */
const inCalendar = (instant: number) => iso(instant).replace(/[-:]|\.\d+/g, '')

describe('a booking', () => {
  it('is confirmed to the customer in their language and zone, with an invitation and a link that opens it', async () => {
    const booking = await book(guest({ timeZone: 'Asia/Kolkata' }))
    await work()
    const [mail, ...more] = booking.mails()
    expect(more).toEqual([])
    expect(mail?.subject).toContain('Confirmed: Pricing review with Ada Okafor')
    const local = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Asia/Kolkata',
      hour: '2-digit',
      minute: '2-digit',
    }).format(booking.start)
    expect(mail?.text).toContain(local)
    expect(mail?.text).toContain('(Asia/Kolkata)')
    const calendar = calendarOf(mail)
    expect(mail?.attachments[0]?.contentType).toContain('method=REQUEST')
    expect(calendar).toContain(`DTSTART:${inCalendar(booking.start)}`)
    expect(calendar).toContain('SEQUENCE:0')
    expect(calendar).toContain(booking.customer.email)

    const link = linkIn(mail, /\/booking\/PY-/)
    expect(link.pathname).toBe(`/booking/${booking.reference}`)
    const opened = await world.api.get(booking.url, {
      Authorization: `Bearer ${new URLSearchParams(link.hash.slice(1)).get('token') ?? ''}`,
    })
    expect(opened.json).toMatchObject({ session: { reference: booking.reference, status: 'scheduled' } })
    const join = linkIn(mail, /\/join\?key=/)
    const room = await world.api.get(`${join.pathname.replace('/api', '')}${join.search}`)
    expect(room.status).toBe(302)
  })

  it('is told to the consultant in the language they speak, in their zone, without the customer’s token', async () => {
    const booking = await book()
    await work()
    const [mail, ...more] = consultantMails()
    expect(more).toEqual([])
    expect(mail?.subject).toContain('Neue Buchung: Pricing review mit Ada Guest')
    expect(mail?.text).toContain('(UTC)')
    expect(mail?.text).not.toContain('token=')
    expect(mail?.attachments).toHaveLength(1)
    expect(mail?.html).toContain('/admin/collections/scheduled-sessions/')
    expect(mail?.text).not.toContain(booking.customer.email)
  })

  it('speaks German to who reads German', async () => {
    const booking = await book({ ...guest(), language: 'de-AT' })
    await work()
    const [mail] = booking.mails()
    expect(mail?.subject).toContain('Bestätigt: Pricing review mit Ada Okafor')
    expect(mail?.text).toContain('(Europe/Berlin)')
  })

  it('shows names as text', async () => {
    const booking = await book(guest({ name: '<b>Jo</b> <script>x</script>' }))
    await work()
    const [mail] = booking.mails()
    expect(mail?.html).not.toContain('<script>')
    expect(mail?.html).toContain('&lt;b&gt;Jo')
  })

  it('is recorded once per person and sent once, however often its jobs run', async () => {
    const booking = await book()
    await work()
    const { withTransaction } = await import('#database/transactions')
    const { enqueue } = await import('#outbox/enqueue')
    const { deliveryJob } = await import('#notifications/deliver/delivery-job')
    const recorded = await booking.notifications()
    const { id: sessionId } = await booking.find()
    await withTransaction(world.payload, (req) =>
      enqueue(
        req,
        ...[1, 2].map(() => ({
          task: 'follow-session' as const,
          errand: { sessionId, event: 'scheduled' as const },
        })),
        ...recorded.map(({ id }) => deliveryJob({ id, channel: 'email', kind: 'booking_confirmation' })),
      ),
    )
    await work()
    expect((await booking.notifications()).map(({ id }) => id)).toEqual(recorded.map(({ id }) => id))
    expect(world.resend.control.emails()).toHaveLength(2)
    expect(recorded.map(({ type, audience, delivery }) => [type, audience, delivery?.state])).toEqual([
      ['booking_confirmation', 'customer', 'sent'],
      ['booking_confirmation', 'consultant', 'sent'],
    ])
    expect(recorded[0]).toMatchObject({ channels: ['email', 'in-app'], isRead: false, emailSentAt: expect.any(String) })
    expect(recorded[0]?.delivery).toMatchObject({ attempts: 1, providerMessageId: booking.mails()[0]?.id, error: null })
    expect(JSON.stringify(recorded)).not.toContain('token=')
    expect(recorded).toMatchObject([
      {
        recipientCustomer: expect.any(String),
        dedupeKey: expect.any(String),
        scheduledSession: sessionId,
        language: 'en',
      },
      { recipient: consultant.user.id, dedupeKey: expect.any(String), scheduledSession: sessionId, language: 'de' },
    ])
  })

  it('is marked as read, and put away, by whom it is for alone', async () => {
    const booking = await book()
    await work()
    const [forCustomer, forConsultant] = await booking.notifications()
    const own = await world.api.as(consultant.user)
    const done = { isRead: true, isArchived: true }
    expect((await own.patch(`/notifications/${forConsultant?.id ?? ''}`, done)).json.doc).toMatchObject(done)
    expect((await own.patch(`/notifications/${forCustomer?.id ?? ''}`, done)).status).toBe(403)
  })
})

describe('a session that is moved', () => {
  it('is told to both, with the time before and an invitation that takes the place of the first', async () => {
    const booking = await book()
    await work()
    await world.resend.control.clear()
    const to = nextStart()
    await booking.move(to, 'A train that does not go.')
    await work()
    const [mail, ...more] = booking.mails()
    expect(more).toEqual([])
    expect(kindOf(mail)).toBe('booking_rescheduled/customer')
    expect(mail?.text).toContain('A train that does not go.')
    expect(mail?.text).toContain('You moved it.')
    expect(mail?.text).toContain('Before')
    expect(calendarOf(mail)).toContain('SEQUENCE:1')
    expect(calendarOf(mail)).toContain(`DTSTART:${inCalendar(to)}`)
    expect(consultantMails().map(kindOf)).toEqual(['booking_rescheduled/consultant'])
    expect(consultantMails()[0]?.text).toContain('Ada Guest hat ihn verschoben')
  })

  it('moved twice before anybody was told: one mail, from the time that they know to the one that holds', async () => {
    const booking = await book(guest({ timeZone: 'UTC' }))
    await work()
    await world.resend.control.clear()
    const between = nextStart()
    const last = nextStart()
    await booking.move(between)
    await booking.move(last)
    await work()
    const mails = booking.mails()
    expect(mails.map(kindOf)).toEqual(['booking_rescheduled/customer'])
    const minutes = [booking.start, between, last].map((time) => new RegExp(`\\b${iso(time).slice(11, 16)}\\b`))
    expect(minutes.map((minute) => minute.test(mails[0]?.text ?? ''))).toEqual([true, false, true])
    const stored = (await booking.notifications()).filter(({ kind }) => kind === 'booking_rescheduled')
    expect(stored).toHaveLength(2)
    for (const { metadata, expiresAt, createdAt } of stored) {
      expect(Math.round((Date.parse(expiresAt ?? '') - Date.parse(createdAt)) / 86_400_000)).toBe(30)
      expect(metadata).toMatchObject({ data: { session: { startsAt: last } } })
    }
  })

  it('moved back before anybody was told: nobody is told anything', async () => {
    const booking = await book()
    await work()
    await world.resend.control.clear()
    await booking.move(nextStart())
    await booking.move(booking.start)
    await work()
    expect(world.resend.control.emails()).toEqual([])
  })

  it('moved back while a mail with the other time may be on its way: they are told the time that holds', async () => {
    const booking = await book()
    await work()
    await world.resend.control.clear()
    await booking.move(nextStart())
    await follow()
    await booking.move(booking.start)
    await follow()
    await work()
    expect(booking.mails().map((mail) => calendarOf(mail).match(/SEQUENCE:(\d)/)?.[1])).toEqual(['2'])
  })

  it('moved before the confirmation went out: the confirmation has the new time, and there is no second mail', async () => {
    const booking = await book()
    const to = nextStart()
    await booking.move(to)
    await work()
    expect(booking.mails()).toHaveLength(1)
    expect(calendarOf(booking.mails()[0])).toContain(`DTSTART:${inCalendar(to)}`)
  })

  it('does not invite to the old time when that mail was held up', async () => {
    const booking = await book()
    world.resend.control.fail({ kind: 'server_error', times: 2 })
    await work()
    expect(world.resend.control.emails()).toEqual([])
    await booking.move(nextStart())
    await work()
    expect(await makeMailsDue(world)).toBe(2)
    await work()
    expect(booking.mails().map(kindOf)).toEqual(['booking_rescheduled/customer'])
    const confirmation = (await booking.notifications()).find(
      ({ kind, audience }) => kind === 'booking_confirmation' && audience === 'customer',
    )
    expect(confirmation?.delivery).toMatchObject({ state: 'skipped', error: expect.stringContaining('no longer so') })
  })
})

describe('a session that ends', () => {
  it('cancelled: both are told why, and the entry leaves their calendars', async () => {
    const booking = await book()
    await work()
    await world.resend.control.clear()
    await booking.cancel('I am ill.')
    await work()
    const [mail] = booking.mails()
    expect(kindOf(mail)).toBe('booking_cancelled/customer')
    expect(mail?.text).toContain('I am ill.')
    expect(mail?.attachments[0]?.contentType).toContain('method=CANCEL')
    expect(calendarOf(mail)).toContain('STATUS:CANCELLED')
    expect(calendarOf(mail)).toContain('SEQUENCE:1')
    expect(consultantMails().map(kindOf)).toEqual(['booking_cancelled/consultant'])
  })

  it('cancelled before the confirmation went out: only the cancellation is sent', async () => {
    const booking = await book()
    await booking.cancel()
    await work()
    expect(booking.mails().map(kindOf)).toEqual(['booking_cancelled/customer'])
  })

  it('cancelled while the confirmation waits for the provider: it is not sent any more', async () => {
    const booking = await book()
    world.resend.control.fail({ kind: 'server_error', times: 2 })
    await work()
    await booking.cancel()
    await makeMailsDue(world)
    await work()
    expect(booking.mails().map(kindOf)).toEqual(['booking_cancelled/customer'])
  })
})
