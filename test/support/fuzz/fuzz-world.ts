import { buildClientSchema, getIntrospectionQuery, type GraphQLSchema, type IntrospectionQuery } from 'graphql'
import type pg from 'pg'
import type { User } from '#payload-types'
import { buildAccessWorld } from '../access-world'
import { cleanUpLater } from '../clean-up'
import { connectTo } from '../database'
import { alwaysOpen, createConsultant, createCustomer, createServiceType, createUser, hourIn, iso } from '../fixtures'
import { book, type MessageWorld, nextStart, openMessageWorld, work } from '../message-world'
import { privateFields } from '../private-fields'
import { tokenFor } from '../token-for'
import type { OpenapiDocument } from './endpoint-requests'
import { createJudge, type Judge } from './judge-answer'
import type { KnownRecords } from './record-requests'
import type { FuzzRequest, FuzzRole } from './request'
import type { KnownValues } from './schema-values'
import { type FuzzAnswer, sendRequest } from './send'

export type FuzzWorld = {
  world: MessageWorld
  client: pg.Client
  document: OpenapiDocument
  schema: GraphQLSchema
  known: KnownValues
  records: KnownRecords
  judge: Judge
  /** Sends a request as whoever it names. */
  send: (request: FuzzRequest) => Promise<FuzzAnswer>
  /** Logs everybody in anew: a request may have ended all logins. */
  logIn: () => Promise<void>
}

/**
 * A web server with something of everything: bookings made as people make them, paid and free, and a record of each collection in which every
 * text can be recognised. Limits by number are off, as this is one caller; all others hold.
 */
export const openFuzzWorld = async (): Promise<FuzzWorld> => {
  const world = await openMessageWorld({ env: { RATE_LIMIT_FACTOR: '0', ...unreachableGoogle } })
  const { payload, database, api } = world
  const client = await connectTo(database)
  const { createWebServer } = await import('#server/create-web-server')
  const server = await createWebServer({ port: 0, host: '127.0.0.1', next: 'none' })
  cleanUpLater(() => server.close())
  const access = await buildAccessWorld(payload)
  const { known, guestToken, users } = await fillWorld(world)

  const auth: Partial<Record<FuzzRole, string>> = { guest: `Bearer ${guestToken}`, broken: 'JWT e30.e30.x' }
  const logIn = async () => {
    for (const [role, user] of Object.entries(users)) {
      Object.assign(auth, { [role]: `JWT ${await tokenFor(payload, user)}` })
    }
  }
  await logIn()
  const admin = await api.as(users.admin)
  const [document, introspected] = await Promise.all([api.get('/openapi.json'), admin.graphql(getIntrospectionQuery())])
  const ofRoles = new Set(Object.values(users).map(({ id }) => id))
  return {
    world,
    client,
    document: document.json as OpenapiDocument,
    schema: buildClientSchema(introspected.json.data as IntrospectionQuery),
    known,
    records: {
      ids: await readIds(world, ofRoles),
      files: (await payload.find({ collection: 'media', limit: 20, depth: 0 })).docs.flatMap(
        ({ filename }) => filename ?? [],
      ),
    },
    judge: createJudge(document.json as OpenapiDocument, [
      ...access.planted.filter(({ row, path }) => isUntold(row.collection, path)).map(({ text }) => text),
      ...(await readHashes(client)),
      payload.secret,
    ]),
    send: (request) => {
      const authorization = auth[request.role]
      const headers =
        authorization === undefined ? request.headers : { Authorization: authorization, ...request.headers }
      return sendRequest(server.port, { ...request, headers })
    },
    logIn,
  }
}

/** Set up, and away: that is nobody's fault but its own. */
const unreachableGoogle = {
  GOOGLE_CLIENT_ID: 'fuzz.apps.googleusercontent.com',
  GOOGLE_CLIENT_SECRET: 'fuzz',
  GOOGLE_API_BASE: 'http://127.0.0.1:1',
}

const isUntold = (collection: string, path: string): boolean => {
  const rules: Readonly<Record<string, string>> =
    Object.entries(privateFields).find(([slug]) => slug === collection)?.[1] ?? {}
  return Object.entries(rules).some(
    ([name, audience]) => audience === 'nobody' && (path === name || path.startsWith(`${name}.`)),
  )
}

/** What stands for tokens and passwords. */
const readHashes = async (client: pg.Client): Promise<string[]> => {
  const { rows } = await client.query<{ secret: string | null }>(`
    SELECT hash AS secret FROM users UNION SELECT salt FROM users
    UNION SELECT manage_token_hash FROM scheduled_sessions UNION SELECT manage_token_hash FROM consultation_requests
    UNION SELECT hold_token_hash FROM availability_slots`)
  return rows.flatMap(({ secret }) => (secret && secret.length > 8 ? [secret] : []))
}

/** Of every collection, but for the logins that ask. */
const readIds = async ({ payload }: MessageWorld, without: ReadonlySet<string>): Promise<Record<string, string[]>> =>
  Object.fromEntries(
    await Promise.all(
      payload.config.collections.map(async ({ slug }) => {
        const { docs } = await payload.find({ collection: slug, limit: 6, depth: 0, select: {} })
        return [slug, docs.map(({ id }) => String(id)).filter((id) => !without.has(id))] as const
      }),
    ),
  )

type Filled = {
  known: KnownValues
  guestToken: string
  users: Record<'customer' | 'consultant' | 'operations' | 'admin', User>
}

/** What happens with a consultant in a day. */
const fillWorld = async (world: MessageWorld): Promise<Filled> => {
  const { payload, api } = world
  const { profile, user: consultant } = await createConsultant(payload, { slug: 'kenji', availability: alwaysOpen })
  const { user: customer } = await createCustomer(payload)
  const free = await createServiceType(payload, [profile], { slug: 'introduction' })
  const paid = await createServiceType(payload, [profile], {
    slug: 'paid',
    isFree: false,
    prices: [{ durationMinutes: 30, amount: 12_000, currency: 'GBP' }],
    durations: [30],
  })
  const [operations, admin] = [await createUser(payload, ['operations']), await createUser(payload, ['admin'])]
  const bought = await book(world, { consultant: profile, serviceType: paid })
  await bought.pay()
  const booked = await book(world, { consultant: profile, serviceType: free })
  const own = await api.as(customer)
  const mine = await own.post('/booking/sessions', {
    consultant: 'kenji',
    serviceType: 'introduction',
    start: iso(nextStart()),
    customer: { name: 'Jo', email: customer.email, timeZone: 'UTC' },
  })
  const hold = await api.post('/booking/holds', {
    consultant: 'kenji',
    serviceType: 'introduction',
    start: iso(nextStart()),
  })
  const asked = await api.post('/booking/requests', {
    serviceType: 'introduction',
    preferredConsultant: 'kenji',
    customer: { name: 'Jo', email: 'jo@fuzz.example', timeZone: 'UTC' },
    problem: { description: 'x' },
  })
  await work(world)
  const bearer = (auth: { Authorization: string }) => auth.Authorization.slice('Bearer '.length)
  const { docs: payments } = await payload.find({ collection: 'payments', limit: 5, depth: 0, sort: '-createdAt' })
  const { docs: invoices } = await payload.find({ collection: 'invoices', limit: 5, depth: 0, sort: '-createdAt' })
  const starts = Array.from({ length: 12 }, (_, index) => iso(hourIn(12 + index, index)))
  const day = starts[0]?.slice(0, 10) ?? ''
  const [{ settings }, { deriveToken }] = await Promise.all([import('#settings'), import('#shared/ids')])
  return {
    guestToken: bearer(booked.auth),
    users: { customer, consultant, operations, admin },
    known: {
      consultant: ['kenji', profile.id],
      preferredConsultant: ['kenji'],
      slug: ['kenji'],
      serviceType: ['introduction', 'paid', free.id],
      reference: [
        ...[
          bought.reference,
          booked.reference,
          String(mine.json.session.reference),
          String(asked.json.request.reference),
        ],
        ...payments.map((payment) => payment.reference),
      ],
      token: [bearer(bought.auth), bearer(booked.auth), String(asked.json.manageToken)],
      key: [deriveToken(settings.payloadSecret, 'session-join', booked.reference)],
      holdToken: [String(hold.json.token)],
      start: [...starts, day],
      end: [iso(hourIn(20)), '2030-01-03'],
      times: [starts.slice(0, 2), starts],
      timeZone: ['UTC', 'Europe/Berlin'],
      durationMinutes: [30, 60],
      month: [new Date().toISOString().slice(0, 7), '2026-01'],
      number: invoices.flatMap(({ number }) => number ?? []),
      collection: ['scheduled-sessions', 'customers', 'payments'],
      email: ['jo@fuzz.example', customer.email],
      amount: [1, 100, 12_000],
      currency: ['GBP'],
    },
  }
}
