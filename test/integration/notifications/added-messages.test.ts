import { sql } from '@payloadcms/db-postgres'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { ConsultantProfile, ServiceType } from '#payload-types'
import { defineChannel } from '#notifications/channel'
import { defineMessage } from '#notifications/message-kinds'
import { messageParts } from '#notifications/message-parts'
import { cleanUpLater } from '../../support/clean-up'
import { Crashed, killedAfter, plantDatabaseSteps, withSteps } from '../../support/crash'
import { createConsultant, createCustomer, createServiceType, createUser, guest } from '../../support/fixtures'
import {
  book as bookIn,
  follow as followIn,
  type Guest,
  makeMailsDue,
  type MessageWorld,
  openMessageWorld,
  work as workIn,
} from '../../support/message-world'

type Page = { key: string; to: string; subject: string; lines: string[] }

/** A provider of text messages: it takes a page once per key, and can lose its answer, be down, or not answer at all. */
const openPagerProvider = async () => {
  const pages = new Map<string, Page>()
  const state = { mode: 'open' as 'open' | 'lose' | 'down' | 'refuse', asked: 0 }
  const server = createServer((request, response) => {
    state.asked += 1
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      if (state.mode === 'down') return void response.writeHead(503, { 'Retry-After': '120' }).end()
      if (state.mode === 'refuse') return void response.writeHead(422).end('no such pager')
      const page = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Page
      const key = String(request.headers['idempotency-key'])
      pages.set(key, pages.get(key) ?? { ...page, key })
      if (state.mode === 'lose') return void request.socket.destroy()
      response.end(JSON.stringify({ id: `page-${[...pages.keys()].indexOf(key)}` }))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanUpLater(async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/pages`, pages, state }
}

const pagerOf = (url: string) =>
  defineChannel({
    label: 'Pager',
    carries: ({ audience, type }) => audience === 'customer' && type.startsWith('booking_'),
    addressOf: ({ email }) => (email?.startsWith('nopager') ? null : email?.replace('@', '#')),
    isWanted: ({ preferences }, category) => category === 'transactional' || preferences.smsNotifications !== false,
    compose: ({ content, recipient }) => ({
      to: recipient.address,
      subject: content.subject,
      lines: content.facts.map(({ label, lines }) => `${label}: ${lines.join(', ')}`),
    }),
    send: withSteps(async (page, { idempotencyKey, signal }) => {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': idempotencyKey },
        body: JSON.stringify(page),
        signal,
      })
      if (answer.status === 503) {
        return {
          status: 'retry' as const,
          reason: 'The provider is down.',
          retryAfterSeconds: Number(answer.headers.get('retry-after')),
        }
      }
      if (!answer.ok) return { status: 'refused' as const, reason: await answer.text() }
      const { id } = (await answer.json()) as { id: string }
      return { status: 'sent' as const, providerMessageId: id }
    }),
  })

const broken = defineChannel({
  label: 'Broken',
  carries: ({ type }) => type === 'booking_cancelled',
  addressOf: ({ name }) => name,
  compose: () => {
    throw new TypeError('no template')
  },
  send: () => Promise.resolve({ status: 'sent', providerMessageId: null }),
})

const doorCode = defineMessage({
  kind: 'door_code',
  label: 'Code of the door',
  type: 'booking_reminder',
  audiences: ['customer'],
  category: 'transactional',
  channels: ['email', 'in-app'],
  primary: 'manage',
  onlyWhile: { session: ['scheduled'] },
  data: z.object({ session: messageParts.session, doorCode: z.string() }),
  writtenBy: { doorCode: 'us' },
  words: {
    en: {
      customer: {
        subject: 'Your code for the door: {{doorCode}}',
        heading: 'The door opens with {{doorCode}}',
        intro: 'Use it on {{when}}.',
        action: 'See the booking',
      },
    },
    de: { customer: { subject: 'Ihr Code für die Tür: {{doorCode}}', intro: 'Er gilt am {{when}}.' } },
  },
})

let world: MessageWorld
let provider: Awaited<ReturnType<typeof openPagerProvider>>
let consultant: ConsultantProfile
let serviceType: ServiceType

const execute = async (query: ReturnType<typeof sql>) => {
  const { poolDb } = await import('#database/transactions')
  return poolDb(world.payload).execute(query)
}

beforeAll(async () => {
  provider = await openPagerProvider()
  const { extensions } = await import('#extensions/index')
  // What stands in src/extensions/index.ts of an installation; nothing has read it yet.
  Object.assign(extensions, {
    channels: { pager: pagerOf(provider.url), broken },
    messages: [doorCode],
    languages: {
      fr: {
        label: 'Français',
        locale: 'fr-FR',
        catalogue: {
          phrases: { greeting: 'Bonjour {{recipientName}},' },
          messages: { door_code: { customer: { subject: 'Votre code : {{doorCode}}' } } },
        },
      },
    },
  })
  world = await openMessageWorld()
  // The migration of the installation.
  for (const statement of [
    `ALTER TYPE enum_notifications_delivery_channel ADD VALUE 'pager'`,
    `ALTER TYPE enum_notifications_channels ADD VALUE 'pager'`,
    `ALTER TYPE enum_notifications_delivery_channel ADD VALUE 'broken'`,
    `ALTER TYPE enum_notifications_channels ADD VALUE 'broken'`,
    `ALTER TYPE enum_notifications_kind ADD VALUE 'door_code'`,
    `ALTER TYPE enum_message_templates_templates_kind ADD VALUE 'door_code'`,
    `ALTER TYPE enum_message_templates_templates_language ADD VALUE 'fr'`,
  ]) {
    await execute(sql.raw(statement))
  }
  plantDatabaseSteps(world.payload)
  consultant = (await createConsultant(world.payload)).profile
  serviceType = await createServiceType(world.payload, [consultant])
})
beforeEach(async () => {
  await world.resend.control.clear()
  provider.pages.clear()
  Object.assign(provider.state, { mode: 'open', asked: 0 })
})

const work = () => workIn(world)
const deliver = async (id: string) => {
  const { tasks } = await import('#worker/tasks')
  await tasks['deliver-notification'](world.payload, { notificationId: id })
}

/** A booking whose messages are recorded; of the customer's, the one for each channel. */
const bookQuietly = async (customer?: Guest) => {
  const booking = await bookIn(world, { consultant, serviceType, ...(customer ? { customer } : {}) })
  await followIn(world)
  const toCustomer = async () =>
    (await booking.notifications())
      .filter(({ audience }) => audience === 'customer')
      .sort((one, other) => (String(one.delivery?.channel) < String(other.delivery?.channel) ? -1 : 1))
  const channelOf = async (name: string) => {
    const row = (await toCustomer()).find(({ delivery }) => String(delivery?.channel) === name)
    if (!row) throw new Error(`Nothing goes to the customer over ${name}.`)
    return row
  }
  const stateOf = async (name: string) => (await channelOf(name)).delivery
  const pager = await channelOf('pager')
  const pages = () => [...provider.pages.values()].filter(({ to }) => to === booking.customer.email.replace('@', '#'))
  return { ...booking, toCustomer, stateOf, pager, pages }
}

describe('a channel of an installation', () => {
  it('gets each message once, in the words of the recipient, beside the mail', async () => {
    const { mails, pages, toCustomer, pager } = await bookQuietly({ ...guest(), language: 'de' })
    await Promise.all([deliver(pager.id), deliver(pager.id), work()])
    await work()
    expect(mails()).toHaveLength(1)
    expect(pages()).toEqual([
      {
        key: expect.stringMatching(/^notification\/[\w-]{43}$/),
        to: expect.stringContaining('#'),
        subject: mails()[0]?.subject,
        lines: expect.arrayContaining([expect.stringContaining('Wann: ')]),
      },
    ])
    expect(provider.state.asked).toBe(1)
    expect(
      (await toCustomer()).map(({ channels, emailSentAt, delivery }) => ({
        channels,
        isMailed: emailSentAt !== null,
        delivery,
      })),
    ).toMatchObject([
      { channels: ['email', 'in-app'], isMailed: true, delivery: { channel: 'email', state: 'sent' } },
      {
        channels: ['pager'],
        isMailed: false,
        delivery: { channel: 'pager', state: 'sent', attempts: 1, providerMessageId: 'page-0' },
      },
    ])
  })

  it('is recorded once, however often its job runs', async () => {
    const { find, toCustomer } = await bookQuietly()
    const { id: sessionId } = await find()
    const { withTransaction } = await import('#database/transactions')
    const { enqueue } = await import('#outbox/enqueue')
    const again = { task: 'follow-session' as const, errand: { sessionId, event: 'scheduled' as const } }
    await withTransaction(world.payload, (req) => enqueue(req, again, again))
    await work()
    expect(await toCustomer()).toHaveLength(2)
  })

  it('an answer that got lost: it arrived once, and the second try finds that out; the mail did not wait', async () => {
    const { mails, pages, stateOf } = await bookQuietly()
    provider.state.mode = 'lose'
    await work()
    expect(mails()).toHaveLength(1)
    expect(pages()).toHaveLength(1)
    expect(await stateOf('pager')).toMatchObject({ state: 'queued', attempts: 1, error: expect.stringMatching(/\w/) })
    provider.state.mode = 'open'
    expect(await makeMailsDue(world)).toBe(1)
    await work()
    expect(pages()).toHaveLength(1)
    expect(mails()).toHaveLength(1)
    expect(provider.state.asked).toBe(2)
    expect(await stateOf('pager')).toMatchObject({ state: 'sent', attempts: 2, error: null })
  })

  it('says itself when it wants to hear of us again, and what it never takes', async () => {
    const waiting = await bookQuietly()
    provider.state.mode = 'down'
    await work()
    const { nextAttemptAt } = (await waiting.stateOf('pager')) ?? {}
    expect(Date.parse(nextAttemptAt ?? '') - Date.now()).toBeGreaterThan(100_000)
    const refused = await bookQuietly()
    provider.state.mode = 'refuse'
    await work()
    expect(await refused.stateOf('pager')).toMatchObject({ state: 'failed', error: 'no such pager' })
    expect(await refused.stateOf('email')).toMatchObject({ state: 'sent' })
  })

  it('a worker that is killed at any step of a delivery: another one sends it, and it arrives once', async () => {
    const { sweep } = await import('#worker/sweep')
    let kills = 0
    for (let steps = 1; ; steps += 1) {
      const { pager, pages, stateOf } = await bookQuietly()
      const isKilled = await killedAfter(steps, () => deliver(pager.id)).then(
        () => false,
        (error: unknown) => error instanceof Crashed,
      )
      // As if the minute, and the two of the sweep, were over; the job of the dead worker is gone.
      await execute(sql`
        UPDATE notifications SET delivery_next_attempt_at = now() - interval '3 minutes'
        WHERE id = ${pager.id} AND delivery_state = 'queued'`)
      await execute(sql`SELECT graphile_worker.remove_job(${`deliver-notification:${pager.id}`})`)
      await execute(sql`UPDATE notifications SET created_at = created_at - interval '3 minutes' WHERE id = ${pager.id}`)
      await sweep(world.payload)
      await work()
      expect(pages(), `killed after ${steps} steps`).toHaveLength(1)
      expect(await stateOf('pager'), `killed after ${steps} steps`).toMatchObject({ state: 'sent' })
      if (!isKilled) break
      kills += 1
    }
    expect(kills).toBeGreaterThan(5)
  })

  it('is left out where the recipient does not want it, or is not reached; the mail goes out', async () => {
    const nowhere = await bookQuietly({ ...guest(), email: `nopager-${Date.now()}@parley.example` })
    const unwanted = await bookQuietly()
    await execute(sql`
      UPDATE customers SET preferences_sms_notifications = false WHERE email = ${unwanted.customer.email}`)
    // Of what can be unwanted: as if it were a reminder.
    await execute(sql`UPDATE notifications SET kind = 'booking_reminder',
      metadata = jsonb_set(metadata, '{data,offset}', '"day"') WHERE id = ${unwanted.pager.id}`)
    await work()
    expect(provider.pages.size).toBe(0)
    expect(await nowhere.stateOf('pager')).toMatchObject({
      state: 'skipped',
      error: 'There is no address to send it to.',
    })
    expect(await unwanted.stateOf('pager')).toMatchObject({
      state: 'skipped',
      error: 'The recipient does not want such messages on this channel.',
    })
    expect(nowhere.mails()).toHaveLength(1)
    expect(unwanted.mails()).toHaveLength(1)
  })

  it('that throws holds up neither the mail nor another channel', async () => {
    const { cancel, mails, pages, stateOf } = await bookQuietly()
    await work()
    await cancel()
    await work()
    expect(mails()).toHaveLength(2)
    expect(pages()).toHaveLength(2)
    expect(await stateOf('broken')).toMatchObject({
      state: 'queued',
      attempts: 1,
      error: 'TypeError: no template',
    })
  })

  it('that is gone leaves word of it at what waited for it', async () => {
    const { pager, stateOf } = await bookQuietly()
    const { extendMessages } = await import('#notifications/extend-messages')
    const { extensions } = await import('#extensions/index')
    extendMessages({})
    await deliver(pager.id)
    extendMessages(extensions)
    expect(await stateOf('pager')).toMatchObject({ state: 'failed', error: 'There is no channel "pager" any more.' })
  })

  it('shows nothing in the app: who is logged in sees each message once, staff see each delivery', async () => {
    const { user } = await createCustomer(world.payload)
    if (!user) throw new Error('The customer has no login.')
    const { id: customerId } = await execute(sql`SELECT id FROM customers WHERE user_id = ${user.id}`).then(
      ({ rows }) => rows[0] as { id: string },
    )
    const { pager, toCustomer } = await bookQuietly()
    for (const row of await toCustomer()) {
      await execute(sql`UPDATE notifications SET recipient_customer_id = ${customerId} WHERE id = ${row.id}`)
    }
    const asCustomer = await world.api.as(user)
    const { json } = await asCustomer.get('/notifications')
    expect(json.docs.map((doc: { channels: string[] }) => doc.channels)).toEqual([['email', 'in-app']])
    expect((await asCustomer.patch(`/notifications/${pager.id}`, { isRead: true })).status).toBe(403)
    const asStaff = await world.api.as(await createUser(world.payload, ['operations']))
    const all = await asStaff.get(`/notifications?where[recipientCustomer][equals]=${customerId}`)
    expect(all.json.totalDocs).toBe(2)
  })
})

describe('a kind of message of an installation', () => {
  /** Records it, as an extension would: in a transaction, for the customer of a session. */
  const tell = async (booking: Awaited<ReturnType<typeof bookQuietly>>, code: string) => {
    const { withTransaction } = await import('#database/transactions')
    const { recordMessage } = await import('#notifications/record-message')
    const { listMessageOverrides } = await import('#notifications/notification-queries')
    const { snapshotSession } = await import('#notifications/render/compose-snapshots')
    const { listSessionRecipients } = await import('#sessions/messages/session-recipients')
    const { findSessionById } = await import('#sessions/session-queries')
    const { id } = await booking.find()
    await withTransaction(world.payload, async (req) => {
      const session = await findSessionById(req, id)
      if (!session) throw new Error('There is no such session.')
      for (const recipient of await listSessionRecipients(req, session, 'customer')) {
        await recordMessage(req, {
          message: {
            kind: doorCode,
            audience: 'customer',
            data: { session: snapshotSession(session), doorCode: code },
            occasion: code,
          },
          recipient,
          templates: await listMessageOverrides(req),
          now: Date.now(),
        })
      }
    })
  }
  const subjectsOf = (booking: { mails: () => { subject: string }[] }) =>
    booking
      .mails()
      .map(({ subject }) => subject)
      .slice(1)

  it('is recorded once per occasion, and mailed in each language, the added one too', async () => {
    const bookings = []
    for (const language of ['de', 'fr', 'en']) bookings.push(await bookQuietly({ ...guest(), language }))
    await work()
    for (const booking of bookings) {
      await tell(booking, '1234')
      await tell(booking, '1234')
    }
    await work()
    expect(bookings.map(subjectsOf)).toEqual([
      ['Ihr Code für die Tür: 1234'],
      ['Votre code : 1234'],
      ['Your code for the door: 1234'],
    ])
    expect(bookings[1]?.mails()[1]?.text).toContain('Bonjour Ada Guest,\n\nUse it on ')
    const [booking] = bookings
    if (booking) await tell(booking, '5678')
    await work()
    expect(booking && subjectsOf(booking)).toEqual(['Ihr Code für die Tür: 1234', 'Ihr Code für die Tür: 5678'])
  })

  it('is not sent any more once the session is in another state', async () => {
    const booking = await bookQuietly()
    await work()
    await tell(booking, '1234')
    await booking.cancel()
    await work()
    expect(booking.mails().map(({ tags }) => tags.find(({ name }) => name === 'kind')?.value)).toEqual([
      'booking_confirmation',
      'booking_cancelled',
    ])
  })

  it('says what operations wrote in its place, in the added language; what they cannot write is refused', async () => {
    const asStaff = await world.api.as(await createUser(world.payload, ['operations']))
    const write = (subject: string) =>
      asStaff.post('/globals/message-templates', { templates: [{ kind: 'door_code', language: 'fr', subject }] })
    const refused = await write('Code {{price}} {{deadline}}')
    expect(refused.status).toBe(400)
    expect(refused.text).toContain('This message has no {deadline}.')
    expect((await write('Porte : {{doorCode}}')).status).toBe(200)
    const booking = await bookQuietly({ ...guest(), language: 'fr-CH' })
    await work()
    await tell(booking, '99')
    await work()
    expect(subjectsOf(booking)).toEqual(['Porte : 99'])
  })
})
