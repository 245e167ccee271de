import { setTimeout as delay } from 'node:timers/promises'
import type { Client } from 'pg'
import Stripe from 'stripe'
import type { StripeSandbox } from '#sandbox/stripe/start-stripe-sandbox'
import { usualConnections } from './load'

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
    await delay(25)
  }
}

const dueJobs = 'SELECT count(*)::int FROM graphile_worker.jobs WHERE run_at <= now() AND attempts < max_attempts'
const confirmed = `SELECT count(*)::int FROM scheduled_sessions s JOIN payments p ON p.scheduled_session_id = s.id
  WHERE s.status = 'scheduled' AND p.status = 'succeeded'`

export type FulfilmentLoad = {
  /** Waits until the worker has nothing to do: what follows from a confirmation would slow down what is measured next. */
  rest: () => Promise<void>
  /**
   * Delivers the next so many events at once: inbox, queue, worker, the checkout read anew over HTTP, the books. What follows
   * from a confirmation (mails, timers) is in the same queue.
   * @returns events a second until the inbox has answered the last one, and until its session is confirmed and its payment booked.
   */
  fulfil: (count: number) => Promise<{ inboxRate: number; rate: number }>
}

/**
 * Books sessions at a price and pays them at the sandbox; the events of that wait to be delivered.
 * @param args.bookings bodies for the booking API, each of a time of its own.
 */
export const prepareFulfilment = async ({
  url,
  bookings,
  stripe,
  webhookSecret,
  database,
}: {
  url: string
  bookings: readonly unknown[]
  stripe: StripeSandbox
  webhookSecret: string
  database: Client
}): Promise<FulfilmentLoad> => {
  await inTurn(bookings, (body) => post(`${url}/api/booking/sessions`, JSON.stringify(body)))
  for (const { id } of Object.values(stripe.control.tables().checkout_sessions)) stripe.control.payCheckout(id)
  const events = stripe.control.events('checkout.session.completed')
  let fulfilled = 0
  return {
    rest: () => until('What the worker has to do', async () => (await count(database, dueJobs)) === 0),
    fulfil: async (wanted) => {
      const batch = events.slice(fulfilled, fulfilled + wanted)
      fulfilled += batch.length
      const start = performance.now()
      const rateNow = () => (batch.length * 1_000) / (performance.now() - start)
      await inTurn(batch, (event) => {
        const body = JSON.stringify(event)
        const signature = Stripe.webhooks.generateTestHeaderString({ payload: body, secret: webhookSecret })
        return post(`${url}/api/stripe/webhooks`, body, { 'Stripe-Signature': signature })
      })
      const inboxRate = rateNow()
      await until('The fulfilment', async () => (await count(database, confirmed)) === fulfilled)
      return { inboxRate, rate: rateNow() }
    },
  }
}
