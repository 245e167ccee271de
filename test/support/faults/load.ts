import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { guest, hourIn, iso } from '../fixtures'
import type { FaultWorld } from './fault-world'

/** What became of one booking, as the customer was told. */
export type Booked = {
  reference: string
  sessionId: string
  expert: FaultWorld['experts'][number]
  email: string
  isPaid: boolean
  isCancelled: boolean
}

/** Each answer by its status, `none` where the connection ended; with the texts of those that should not be. */
export type Answers = { byStatus: Record<string, number>; faults: string[]; slowestMs: number }

export type Load = { answers: Answers; stop: () => Promise<Booked[]>; count: () => number }

const patienceMs = 180_000

type Asked = { status: number; json: Record<string, never> & Partial<Answer> }
type Answer = {
  session: { reference: string; status: string; id: string }
  manageToken: string
  payment: { checkoutUrl: string } | null
}

let hour = 0

/**
 * Customers who book, pay and cancel at once, over HTTP and every web process, and repeat what was not answered with the same key as a client
 * should. Goes on until it is stopped; then everybody comes to their end.
 */
export const startLoad = (world: Pick<FaultWorld, 'urls' | 'experts' | 'stripe'>, clients: number): Load => {
  const { urls, experts, stripe } = world
  const answers: Answers = { byStatus: {}, faults: [], slowestMs: 0 }
  const booked: Booked[] = []
  let isOver = false
  let requests = 0

  const askOnce = async (method: string, path: string, init: RequestInit): Promise<Asked | undefined> => {
    const url = urls[requests++ % urls.length] ?? ''
    const startedAt = Date.now()
    try {
      const answer = await fetch(`${url}/api${path}`, { method, ...init, signal: AbortSignal.timeout(60_000) })
      const text = await answer.text()
      answers.byStatus[answer.status] = (answers.byStatus[answer.status] ?? 0) + 1
      if (answer.status >= 500 && answer.status !== 503) answers.faults.push(`${method} ${path}: ${text}`)
      answers.slowestMs = Math.max(answers.slowestMs, Date.now() - startedAt)
      return { status: answer.status, json: JSON.parse(text) as Asked['json'] }
    } catch {
      answers.byStatus.none = (answers.byStatus.none ?? 0) + 1
      return undefined
    }
  }
  const ask = async (method: string, path: string, body?: unknown, token?: string): Promise<Asked['json']> => {
    const headers = {
      'Content-Type': 'application/json',
      'Idempotency-Key': randomUUID(),
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
    }
    for (const deadline = Date.now() + patienceMs; ; await delay(200)) {
      const answer = await askOnce(method, path, {
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      if (answer && answer.status < 400) return answer.json
      if (answer && answer.status < 500)
        throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.json)}`)
      if (Date.now() > deadline) throw new Error(`${method} ${path} was not answered well in time.`)
    }
  }

  const comeAndGo = async (n: number): Promise<void> => {
    const expert = experts[n % experts.length]
    if (!expert) throw new Error('There is nobody to book.')
    const kind = Math.floor(n / experts.length) % 4
    const [isPaid, isCancelled] = [kind >= 2, kind % 2 === 1]
    const customer = guest()
    const at = hour++
    const { session, manageToken, payment } = await ask('POST', '/booking/sessions', {
      consultant: expert.profile.slug,
      serviceType: isPaid ? expert.paid : expert.serviceType.slug,
      start: iso(hourIn(3 + Math.floor(at / 24), at % 24)),
      customer,
    })
    if (!session) throw new Error('A booking was answered without its session.')
    const path = `/booking/sessions/${session.reference}`
    if (payment) {
      stripe.control.payCheckout(new URL(payment.checkoutUrl).pathname.split('/').pop() ?? '')
      await ask('POST', `${path}/payment/refresh`, {}, manageToken)
    }
    if (isCancelled) await ask('POST', `${path}/cancel`, {}, manageToken)
    const { reference } = session
    booked.push({ reference, sessionId: session.id, expert, email: customer.email, isPaid, isCancelled })
  }

  let next = 0
  const running = Array.from({ length: clients }, async () => {
    while (!isOver) await comeAndGo(next++)
  })
  // Whoever stops it hears of it.
  for (const one of running) one.catch(() => undefined)
  return {
    answers,
    count: () => booked.length,
    stop: async () => {
      isOver = true
      await Promise.all(running)
      return booked
    },
  }
}
