import { availableParallelism } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import type { Client } from 'pg'
import Stripe from 'stripe'
import type { StripeSandbox } from '#sandbox/stripe/start-stripe-sandbox'
import { usualConnections } from './load'
import { idleSeconds } from './processor-time'

/** Calls `work` for every item, so many at a time as a load has connections. */
const inTurn = async <T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> => {
  const left = items.values()
  const one = async () => {
    for (const item of left) await work(item)
  }
  await Promise.all(Array.from({ length: usualConnections }, one))
}

/** @throws Error when anything but success is answered. */
const post = async (url: string, body: string, headers: Record<string, string> = {}): Promise<void> => {
  const answer = await fetch(url, { method: 'POST', body, headers: { 'Content-Type': 'application/json', ...headers } })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`POST ${url}: ${answer.status} ${text.slice(0, 300)}`)
}

const count = async (database: Client, query: string): Promise<number> => {
  const { rows } = await database.query<{ count: number }>(query)
  return rows[0]?.count ?? 0
}

/** @throws Error when it is not so within five minutes. */
const until = async (what: string, isSo: () => Promise<boolean>): Promise<void> => {
  const deadline = Date.now() + 300_000
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`${what} takes more than five minutes.`)
    await delay(100)
  }
}

const dueJobs = 'SELECT count(*)::int FROM graphile_worker.jobs WHERE run_at <= now() AND attempts < max_attempts'
const confirmed = `SELECT count(*)::int FROM scheduled_sessions s JOIN payments p ON p.scheduled_session_id = s.id
  WHERE s.status = 'scheduled' AND p.status = 'succeeded'`

/** What one batch took. Rates are events a second. */
export type Fulfilled = {
  /** Until the inbox has answered the last one. */
  inboxRate: number
  /** Until its session is confirmed and its payment booked. */
  rate: number
  /** How much of the machine had nothing to do until then, 0 to 1. */
  idle: number
  /** Milliseconds of the processor an event, with all that follows from it (mails, timers), by who used them. */
  costs: Record<string, number>
}

export type FulfilmentLoad = {
  /** Waits until the worker has nothing to do: what follows from a confirmation would slow down what is measured next. */
  rest: () => Promise<void>
  /**
   * Delivers the next so many events at once: inbox, queue, worker, the checkout read anew over HTTP, the books. What follows
   * from a confirmation (mails, timers) is in the same queue.
   * @param stripeMs how much longer Stripe takes to answer than the sandbox does.
   */
  fulfil: (count: number, stripeMs?: number) => Promise<Fulfilled>
}

/**
 * Books sessions at a price and pays them at the sandbox; the events of that wait to be delivered.
 * @param args.bookings bodies for the booking API, each of a time of its own.
 * @param args.processors seconds of the processor that each of those has used by now whose costs are to be told.
 */
export const prepareFulfilment = async ({
  url,
  bookings,
  stripe,
  webhookSecret,
  database,
  processors,
}: {
  url: string
  bookings: readonly unknown[]
  stripe: StripeSandbox
  webhookSecret: string
  database: Client
  processors: Record<string, () => Promise<number>>
}): Promise<FulfilmentLoad> => {
  await inTurn(bookings, (body) => post(`${url}/api/booking/sessions`, JSON.stringify(body)))
  for (const { id } of Object.values(stripe.control.tables().checkout_sessions)) stripe.control.payCheckout(id)
  const events = stripe.control.events('checkout.session.completed')
  const rest = () => until('What the worker has to do', async () => (await count(database, dueJobs)) === 0)
  const used = async () =>
    Promise.all(Object.entries(processors).map(async ([name, seconds]) => [name, await seconds()] as const))
  let fulfilled = 0
  return {
    rest,
    fulfil: async (wanted, stripeMs = 0) => {
      const batch = events.slice(fulfilled, fulfilled + wanted)
      fulfilled += batch.length
      if (stripeMs > 0) {
        const path = '/v1/checkout/sessions'
        stripe.control.failNext({ kind: 'delay', method: 'GET', path, delayMs: stripeMs, times: batch.length })
      }
      const before = Object.fromEntries(await used())
      const idleBefore = await idleSeconds()
      const start = performance.now()
      const secondsNow = () => (performance.now() - start) / 1_000
      await inTurn(batch, (event) => {
        const body = JSON.stringify(event)
        const signature = Stripe.webhooks.generateTestHeaderString({ payload: body, secret: webhookSecret })
        return post(`${url}/api/stripe/webhooks`, body, { 'Stripe-Signature': signature })
      })
      const inboxRate = batch.length / secondsNow()
      await until('The fulfilment', async () => (await count(database, confirmed)) === fulfilled)
      const seconds = secondsNow()
      const idle = ((await idleSeconds()) - idleBefore) / seconds / availableParallelism()
      await rest()
      const costs = Object.fromEntries(
        (await used()).map(([name, after]) => [name, ((after - (before[name] ?? 0)) * 1_000) / batch.length]),
      )
      return { inboxRate, rate: batch.length / seconds, idle, costs }
    },
  }
}
