import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { WebServer } from '#server/create-web-server'
import { cleanUpLater } from '../../support/clean-up'
import { createConsultant, createServiceType, guest } from '../../support/fixtures'
import { type ReceivedSpan, startOtlpReceiver } from '../../support/otlp-receiver'
import { openTestPayload } from '../../support/payload'

const soon = { timeout: 15_000, interval: 50 }
const traceId = '0af7651916cd43dd8448eb211c80319c'
const callerSpan = 'b7ad6b7169203331'
const kinds = { server: 2, client: 3, consumer: 5 }

let server: WebServer
let spans: ReceivedSpan[]
let requests: string[]
const customer = guest()
let booking: { status: number; body: string }

/** One booking whose caller traces it, and the jobs that follow from it. */
beforeAll(async () => {
  const receiver = await startOtlpReceiver()
  spans = receiver.spans
  requests = receiver.requests
  await openTestPayload({
    OTEL_EXPORTER_OTLP_ENDPOINT: `${receiver.url}/`,
    OTEL_BSP_SCHEDULE_DELAY: '50',
    RATE_LIMIT_FACTOR: '0',
  })
  const [{ createWebServer }, { runWorker }] = await Promise.all([
    import('#server/create-web-server'),
    import('#worker/run-worker'),
  ])
  server = await createWebServer({ port: 0, host: '127.0.0.1', next: 'none' })
  let isOpen = true
  const close = async () => {
    if (isOpen) await server.close()
    isOpen = false
  }
  cleanUpLater(close)
  const { payload } = server
  const { profile } = await createConsultant(payload)
  const { slug } = await createServiceType(payload, [profile])
  const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10)
  const answer = await fetch(`http://127.0.0.1:${server.port}/api/booking/sessions?token=a-secret-of-the-caller`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', traceparent: `00-${traceId}-${callerSpan}-01` },
    body: JSON.stringify({ consultant: profile.slug, serviceType: slug, start: `${day}T10:00:00Z`, customer }),
  })
  booking = { status: answer.status, body: await answer.text() }
  const worker = await runWorker(payload, { concurrency: 1 })
  await vi.waitFor(async () => {
    const { rows } = await (
      payload.db as unknown as { pool: { query: (text: string) => Promise<{ rows: { left: number }[] }> } }
    ).pool.query(
      `SELECT count(*)::int AS left FROM graphile_worker.jobs WHERE task_identifier = 'follow-session' AND run_at < now()`,
    )
    expect(rows[0]?.left).toBe(0)
  }, soon)
  await worker.stop()
  await close()
})

const ofTrace = (kind: number) => spans.filter((span) => span.traceId === traceId && span.kind === kind)

describe('traces', () => {
  it('arrive as OTLP in JSON, before the process ends', () => {
    expect(booking.status).toBe(201)
    expect(new Set(requests)).toEqual(new Set(['POST /v1/traces application/json']))
    for (const span of spans) {
      expect(span.traceId).toMatch(/^[0-9a-f]{32}$/)
      expect(span.spanId).toMatch(/^[0-9a-f]{16}$/)
      expect(BigInt(span.endTimeUnixNano) >= BigInt(span.startTimeUnixNano), span.name).toBe(true)
      expect(span.service).toBe('parley-web')
    }
  })

  it('a request goes on with the trace of its caller, by the pattern of its route', () => {
    const [request, ...more] = ofTrace(kinds.server)
    expect(more).toEqual([])
    expect(request).toMatchObject({
      name: 'POST /booking/sessions',
      parentSpanId: callerSpan,
      attributes: {
        'http.request.method': 'POST',
        'http.route': '/booking/sessions',
        'http.response.status_code': 201,
      },
    })
    expect(request?.status?.code ?? 0).toBe(0)
  })

  it('its statements are parts of it, by their names', () => {
    const [request] = ofTrace(kinds.server)
    const statements = ofTrace(kinds.client)
    expect(new Set(statements.map(({ parentSpanId }) => parentSpanId))).toEqual(new Set([request?.spanId]))
    const names = statements.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['BEGIN', 'lock-claims', 'add-jobs', 'COMMIT']))
    expect(statements.every(({ attributes }) => attributes['db.system.name'] === 'postgresql')).toBe(true)
  })

  it('a job is a trace of its own, linked to the request that it came out of', () => {
    const [request] = ofTrace(kinds.server)
    const job = spans.find(({ name }) => name === 'task follow-session')
    expect(job).toMatchObject({ kind: kinds.consumer, links: [{ traceId, spanId: request?.spanId }] })
    expect(job?.traceId).not.toBe(traceId)
    const parts = spans.filter(({ parentSpanId }) => parentSpanId === job?.spanId)
    expect(parts.length).toBeGreaterThan(0)
  })

  it('hold nobody and no secret', () => {
    const text = JSON.stringify(spans)
    const { manageToken } = JSON.parse(booking.body) as { manageToken?: string }
    for (const secret of [customer.name, customer.email, 'a-secret-of-the-caller', manageToken ?? 'none']) {
      expect(text).not.toContain(secret)
    }
    expect(text).not.toMatch(/\$1|select "/)
  })
})
