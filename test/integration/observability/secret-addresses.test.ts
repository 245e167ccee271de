import { beforeAll, describe, expect, it, vi } from 'vitest'
import { secretParameters } from '#shared/secret-addresses'
import { alwaysOpen, createConsultant, createServiceType, guest, hourIn, iso } from '../../support/fixtures'
import { testPassword } from '../../support/hash-test-password'
import { type ReceivedSpan, startOtlpReceiver } from '../../support/otlp-receiver'
import { parseLogLine } from '../../support/parse-log-line'
import { openTestPayload } from '../../support/payload'
import { startWebProcess, type WebProcess } from '../../support/servers'

let web: WebProcess
let spans: ReceivedSpan[]
/** What must be seen nowhere, by what it is. */
const secrets = new Map<string, string>()
const asked: { method: string; path: string; operationId: string; status: number }[] = []

/** A path of the table with something for each of its parameters: an own secret wherever the parameter is one. */
const fill = (path: string, secret: string): string =>
  path.replace(/:(\w+)(?:\((\w{2})?[^)]*\))?/g, (_whole, name: string, prefix: string | undefined) => {
    if (secretParameters.includes(name)) return secret
    if (name === 'reference') return `${prefix ?? 'PY'}-7KQ2M9XB`
    return name === 'id' ? '0190c3a0-0000-7000-8000-000000000000' : 'x'
  })

beforeAll(async () => {
  const receiver = await startOtlpReceiver()
  spans = receiver.spans
  const { payload, database } = await openTestPayload()
  const { profile, user } = await createConsultant(payload, { slug: 'kenji', availability: alwaysOpen })
  await createServiceType(payload, [profile], { slug: 'introduction' })
  web = await startWebProcess({
    database,
    env: {
      LOG_LEVEL: 'debug',
      SLOW_QUERY_MS: '1',
      RATE_LIMIT_FACTOR: '0',
      OTEL_EXPORTER_OTLP_ENDPOINT: `${receiver.url}/`,
      OTEL_BSP_SCHEDULE_DELAY: '50',
    },
  })
  const send = (path: string, { body, headers, method }: { body?: object; headers?: object; method?: string } = {}) =>
    fetch(`${web.url}/api${path}`, {
      method: method ?? (body ? 'POST' : 'GET'),
      headers: { 'Content-Type': 'application/json', ...headers },
      redirect: 'manual',
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
  const read = async (path: string, options: Parameters<typeof send>[1]) =>
    (await (await send(path, options)).json()) as Record<string, string> & {
      session: { reference: string; meeting: { joinUrl: string } }
      request: { reference: string }
    }

  // Secrets that open something, used as they are meant to be.
  const time = { consultant: 'kenji', serviceType: 'introduction' }
  const hold = await read('/booking/holds', { body: { ...time, start: iso(hourIn(3)) } })
  const booked = await read('/booking/sessions', { body: { ...time, start: iso(hourIn(4)), customer: guest() } })
  const ask = { serviceType: 'introduction', customer: guest(), problem: { description: 'x' } }
  const request = await read('/booking/requests', { body: ask })
  const { token: consultantLogin } = await payload.login({
    collection: 'users',
    data: { email: user.email, password: testPassword },
  })
  const headers = { Authorization: `JWT ${consultantLogin}` }
  const feed = await read('/calendar/feed/rotate', { body: {}, headers })
  const { session } = booked
  const key = new URL(session.meeting.joinUrl).searchParams.get('key') ?? ''
  const feedToken = /feeds\/([^.]+)\.ics/.exec(feed.url ?? '')?.[1] ?? ''
  const real = {
    'hold token': hold.token,
    'manage token': booked.manageToken,
    'request token': request.manageToken,
    'join key': key,
    'feed token': feedToken,
    login: consultantLogin,
  }
  for (const [what, secret] of Object.entries(real)) {
    expect(secret?.length, what).toBeGreaterThan(20)
    secrets.set(what, secret ?? '')
  }
  const manage = `token=${booked.manageToken ?? ''}`
  for (const path of [
    `/booking/slots?consultant=kenji&serviceType=introduction&start=2030-01-01&end=2030-01-02&holdToken=${hold.token ?? ''}`,
    `/booking/sessions/${session.reference}?${manage}`,
    `/booking/sessions/${session.reference}/calendar.ics?${manage}`,
    `/booking/sessions/${session.reference}/cancellation?${manage}`,
    `/booking/sessions/${session.reference}/join?key=${key}`,
    `/booking/requests/${request.request.reference}?token=${request.manageToken ?? ''}`,
    `/calendar/feeds/${feedToken}.ics`,
  ]) {
    const { status } = await send(path)
    expect([200, 302, 409], path).toContain(status)
  }
  expect((await send(`/booking/holds/${hold.token ?? ''}`, { method: 'DELETE' })).status).toBe(204)
  await send(`/booking/requests/${request.request.reference}/cancel?token=${request.manageToken ?? ''}`, { body: {} })

  // Every operation, with every parameter of the kind, also where it takes none.
  const { operations } = await import('#endpoints/index')
  for (const { method, path, operationId } of operations) {
    const secret = `secretof${operationId}aaaaaaaaaaaaaaaaaaaaaaaa`
    secrets.set(operationId, secret)
    const query = secretParameters.map((name) => `${name}=${secret}`).join('&')
    for (const [search, who] of [
      [`?${query}`, {}],
      [`?token=${secret}`, {}],
      [`?key=${secret}`, {}],
      ['', { Authorization: `Bearer ${secret}` }],
    ] as const) {
      const filled = `${fill(path, secret)}${search}`
      const options = { method: method.toUpperCase(), headers: who, ...(method === 'get' ? {} : { body: {} }) }
      const { status } = await send(filled, options)
      asked.push({ method, path: filled, operationId, status })
    }
  }
  await vi.waitFor(
    () => {
      const routes = new Set(
        spans.map(
          ({ attributes }) => `${String(attributes['http.request.method'])} ${String(attributes['http.route'])}`,
        ),
      )
      const missing = operations.filter(({ method, path }) => !routes.has(`${method.toUpperCase()} ${path}`))
      expect(missing.map(({ path }) => path)).toEqual([])
    },
    { timeout: 30_000, interval: 100 },
  )
  await web.stop()
})

describe('an address with a secret in it', () => {
  it('is asked of every operation, and breaks none', () => {
    expect(asked.filter(({ status }) => status >= 500 && status !== 503)).toEqual([])
    const lines = web.output().split('\n').filter(Boolean).map(parseLogLine)
    expect(lines.filter(({ msg }) => msg === 'request').length).toBeGreaterThan(asked.length)
  })

  it('stands without it in the log', () => {
    const said = web.output()
    expect([...secrets].filter(([, secret]) => said.includes(secret)).map(([what]) => what)).toEqual([])
  })

  it('stands without it in traces', () => {
    const text = JSON.stringify(spans)
    expect(spans.length).toBeGreaterThan(asked.length)
    expect([...secrets].filter(([, secret]) => text.includes(secret)).map(([what]) => what)).toEqual([])
  })
})
