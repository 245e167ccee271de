import { beforeAll, describe, expect, it } from 'vitest'
import type pg from 'pg'
import { connectTo } from '../../support/database'
import {
  alwaysOpen,
  createConsultant,
  createCustomer,
  createServiceType,
  createUser,
  hourIn,
  iso,
} from '../../support/fixtures'
import { openHostileIssuer } from '../../support/hostile-issuer'
import { book, type MessageWorld, openMessageWorld, work } from '../../support/message-world'
import type { RestClient } from '../../support/rest-client'
import { changedBetween, takeSums } from '../../support/table-sums'

/** Operations that are read with GET and begin or end something by nature: bound to a login and to their state, and linked from no mail. */
const exceptions: Readonly<Record<string, string>> = {
  connectGoogleCalendar: 'Begins a consent, which is bound to the browser.',
  googleCalendarCallback: 'Ends it, once.',
  openidCallback: 'Logs in whoever began it in this browser, once.',
}

/** Without a token for metrics, and without a worker. */
const unavailable = new Set(['getMetrics', 'healthReady'])

let world: MessageWorld
let client: pg.Client
let clients: Record<'nobody' | 'customer' | 'consultant' | 'operations', RestClient>
/** Each operation that is read, with addresses that find something. */
let addresses: Record<string, readonly string[]>
const mailed: string[] = []

const linksIn = (text: string): string[] => text.match(/https?:\/\/[^\s"<>)]+/g) ?? []

beforeAll(async () => {
  const { issuer } = await openHostileIssuer('parley')
  const openid = { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: 'parley', OIDC_CLIENT_SECRET: 'a-secret' }
  world = await openMessageWorld({ env: { RATE_LIMIT_FACTOR: '0', ...openid } })
  const { payload, database, api, resend } = world
  client = await connectTo(database)
  const { profile, user } = await createConsultant(payload, { slug: 'kenji', availability: alwaysOpen })
  const free = await createServiceType(payload, [profile], { slug: 'introduction' })
  const paid = await createServiceType(payload, [profile], {
    slug: 'paid',
    isFree: false,
    prices: [{ durationMinutes: 30, amount: 12_000, currency: 'GBP' }],
    durations: [30],
  })
  const operator = await createUser(payload, ['operations'])
  const [consultant, operations] = await Promise.all([api.as(user), api.as(operator)])

  const bought = await book(world, { consultant: profile, serviceType: paid })
  await bought.pay()
  await work(world)
  const soon = await book(world, { consultant: profile, serviceType: free })
  const past = await book(world, { consultant: profile, serviceType: free })
  await work(world)
  // One is about to begin, so that whoever joins is noted; one is over, and can be reviewed.
  await client.query(
    `UPDATE scheduled_sessions SET ends_at = now() + interval '35 minutes', starts_at = now() + interval '5 minutes' WHERE reference = $1`,
    [soon.reference],
  )
  await client.query(
    `UPDATE scheduled_sessions SET starts_at = starts_at - interval '30 days', ends_at = ends_at - interval '30 days', status = 'completed'
     WHERE reference = $1`,
    [past.reference],
  )
  const asked = await api.post('/booking/requests', {
    serviceType: 'introduction',
    preferredConsultant: 'kenji',
    customer: { name: 'Jo', email: 'jo-reads@example.com', timeZone: 'UTC' },
    problem: { description: 'x' },
  })
  const request = `/booking/requests/${String(asked.json.request.reference)}`
  const times = [iso(hourIn(5))]
  const proposed = await operations.post(`${request}/propose`, { times })
  expect(proposed.status, proposed.text).toBe(200)
  await work(world)

  const [{ createId, deriveToken }, { settings }] = await Promise.all([import('#shared/ids'), import('#settings')])
  const differ = async (status: 'open' | 'proposed', purpose: 'calendar-difference' | 'time-proposal') => {
    const id = createId()
    await client.query(
      `INSERT INTO calendar_differences (id, consultant_id, scheduled_session_id, kind, status, external_starts_at, external_ends_at,
        updated_at, created_at)
       SELECT $1, consultant_id, id, 'moved', $2, starts_at + interval '1 hour', ends_at + interval '1 hour', now(), now()
       FROM scheduled_sessions WHERE reference = $3`,
      [id, status, bought.reference],
    )
    return `${id}?key=${deriveToken(settings.payloadSecret, purpose, id)}`
  }
  const feed = await consultant.post('/calendar/feed/rotate', {})
  const feedToken = /feeds\/([^.]+)\.ics/.exec(String(feed.json.url))?.[1] ?? ''
  const payment = (await bought.find()).payment
  const { rows } = await client.query<{ reference: string; number: string }>(
    'SELECT p.reference, p.invoice_invoice_id AS number FROM payments p WHERE p.id = $1',
    [typeof payment === 'object' ? payment?.id : payment],
  )
  const { reference = '', number = '' } = rows[0] ?? {}
  const token = (auth: { Authorization: string }) => `token=${auth.Authorization.slice(7)}`
  const both = [bought, soon, past]
  const month = new Date().toISOString().slice(0, 7)
  const slots = 'consultant=kenji&serviceType=introduction'
  const join = (at: typeof soon, purpose: 'session-join' | 'session-host') =>
    `${at.url}/join?key=${deriveToken(settings.payloadSecret, purpose, at.reference)}`
  addresses = {
    listServiceTypes: ['/booking/service-types'],
    listConsultants: ['/booking/consultants', `/booking/consultants?availableFrom=${times[0] ?? ''}`],
    getConsultant: ['/booking/consultants/kenji'],
    listSlots: [`/booking/slots?${slots}&start=2030-01-01&end=2030-01-03`],
    listAttributes: ['/booking/attributes?serviceType=introduction'],
    getSession: both.map(({ url, auth }) => `${url}?${token(auth)}`),
    previewCancellation: both.map(({ url, auth }) => `${url}/cancellation?${token(auth)}`),
    getSessionCalendar: both.map(({ url, auth }) => `${url}/calendar.ics?${token(auth)}`),
    joinSession: [soon, bought].flatMap((one) => [join(one, 'session-join'), join(one, 'session-host')]),
    getRequest: [`${request}?token=${String(asked.json.manageToken)}`],
    getCalendarFeed: [`/calendar/feeds/${feedToken}.ics`],
    listLoginSessions: ['/account/sessions'],
    getSecondFactor: ['/account/second-factor'],
    listLoginProviders: ['/account/openid'],
    startOpenid: ['/account/openid/oidc/start'],
    listLoginWays: ['/account/login-ways'],
    listCalendarConnections: ['/calendar/connections', '/calendar/connections?consultant=kenji'],
    viewCalendarDifference: [`/calendar/differences/${await differ('open', 'calendar-difference')}`],
    viewTimeProposal: [`/booking/proposals/${await differ('proposed', 'time-proposal')}`],
    getStatement: [`/payments/statements/kenji/${month}`, `/payments/statements/kenji/${month}.csv`],
    getPayment: [`/payments/${reference}`],
    previewRefund: [`/payments/${reference}/refunds/preview?amount=100`],
    getInvoice: [
      `/payments/${reference}/invoice.pdf?${token(bought.auth)}`,
      `/payments/${reference}/invoice.pdf?token=${deriveToken(settings.payloadSecret, 'invoice-file', reference)}`,
    ],
    getInvoiceByNumber: [`/payments/invoices/${number}.pdf?${token(bought.auth)}`],
    getPayout: [`/payments/${reference}/payout`],
    refreshOnboarding: [
      '/payments/connect/refresh?consultant=kenji',
      '/payments/connect/refresh?consultant=kenji&again=1',
    ],
    returnFromOnboarding: ['/payments/connect/return?consultant=kenji'],
    getConnectStatus: ['/payments/connect/status', '/payments/connect/status?consultant=kenji'],
    listPaymentMethods: ['/payments/methods'],
    exportRecords: ['/exports/scheduled-sessions.csv', '/exports/customers.csv'],
    listStuckWork: ['/operations/work'],
    getOperationsHealth: ['/operations/health'],
    getOperationsStorage: ['/operations/storage'],
    searchEverything: ['/operations/search?q=ada'],
    healthLive: ['/health/live'],
    healthReady: ['/health/ready'],
    getMetrics: ['/metrics'],
    getOpenapi: ['/openapi.json'],
  }
  clients = { nobody: api, customer: await api.as((await createCustomer(payload)).user), consultant, operations }
  mailed.push(...new Set(resend.control.emails().flatMap(({ text, html }) => linksIn(`${text ?? ''} ${html ?? ''}`))))
})

describe('reading', () => {
  it('is tried of every operation that is read', async () => {
    const { operations } = await import('#endpoints/index')
    const read = operations.filter(({ method }) => method === 'get').map(({ operationId }) => operationId)
    expect(Object.keys({ ...addresses, ...exceptions }).sort()).toEqual([...new Set(read)].sort())
  })

  it('changes nothing, whoever reads, also ahead of time', async () => {
    const changed: string[] = []
    let before = await takeSums(client)
    for (const [operationId, paths] of Object.entries(addresses)) {
      const found = new Set<number>()
      for (const path of paths) {
        for (const api of Object.values(clients)) {
          for (const headers of [undefined, { Purpose: 'prefetch', 'Sec-Purpose': 'prefetch' }]) {
            found.add((await api.get(path, headers)).status)
          }
        }
      }
      expect(
        [...found].some((status) => status < 400) || unavailable.has(operationId),
        `${operationId} ${[...found].join()}`,
      ).toBe(true)
      expect(
        [...found].filter((status) => status >= 500 && status !== 503),
        operationId,
      ).toEqual([])
      const after = await takeSums(client)
      changed.push(...changedBetween(before, after).map((name) => `${operationId} changes ${name}`))
      before = after
    }
    expect(changed).toEqual([])
  })

  it('changes nothing of any collection or global', async () => {
    const { collections, globals } = world.payload.config
    const before = await takeSums(client)
    for (const api of Object.values(clients)) {
      for (const { slug } of collections) {
        for (const path of ['', '/count']) expect((await api.get(`/${slug}${path}`)).status, slug).toBeLessThan(500)
      }
      for (const { slug } of globals) expect((await api.get(`/globals/${slug}`)).status, slug).toBeLessThan(500)
      expect((await api.get('/users/me')).status).toBe(200)
      expect((await api.get('/users/init')).status).toBeLessThan(500)
    }
    expect(changedBetween(before, await takeSums(client))).toEqual([])
  })

  it('changes nothing by any link that was mailed', async () => {
    const paths = mailed.flatMap((link) => {
      const { pathname, search } = new URL(link)
      return pathname.startsWith('/api/') ? [`${pathname.slice(4)}${search}`] : []
    })
    expect(paths.filter((path) => path.includes('/join?key=')).length).toBeGreaterThan(0)
    expect(paths.filter((path) => path.includes('/invoice.pdf?token=')).length).toBeGreaterThan(0)
    const before = await takeSums(client)
    for (const path of paths) {
      const { status } = await world.api.get(path)
      // One of the sessions is over, and its room closed.
      expect(status < 400 || (status === 409 && path.includes('/join?')), `${status} ${path}`).toBe(true)
    }
    expect(changedBetween(before, await takeSums(client))).toEqual([])
  })

  it('is asked of no mail that shows a token of a page to a server', () => {
    const shown = mailed.filter((link) => /\/(?:booking|requests)\//.test(link) && !link.includes('/api/'))
    expect(shown.length).toBeGreaterThan(3)
    for (const link of shown) {
      const { search, hash } = new URL(link.replaceAll('&amp;', '&'))
      expect(search, link).toBe('')
      expect(hash, link).toMatch(/^#token=[\w-]{43}(&view=review)?&mail=[\w-]{43}$/)
    }
  })
})
