import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Client } from 'pg'
import Stripe from 'stripe'
import { handledEvents } from '#checkout/stripe-events/handlers'
import type { StripeSandbox } from '#sandbox/stripe/start-stripe-sandbox'
import type { StorageExperts } from './seed-storage'

const dayMs = 86_400_000
const clients = 4

type Answer = {
  session: { reference: string }
  manageToken: string
  payment: { checkoutUrl: string } | null
}

type BookingsLoad = {
  url: string
  database: Client
  stripe: StripeSandbox
  experts: StorageExperts
  total: number
  webhookSecret: string
  say: (line: string) => void
  /** Called when everything that is no booking's is there. */
  measureFrom: () => Promise<void>
}

/**
 * Brings so many bookings to their end, as time and people would: each is booked by a new guest, paid, and its events delivered; one in ten is moved, one
 * in ten cancelled and refunded; the others are reminded of, held, completed and paid out.
 */
export const runBookings = async ({
  url,
  database,
  stripe,
  experts,
  total,
  webhookSecret,
  say,
  measureFrom,
}: BookingsLoad): Promise<void> => {
  const post = async <T>(path: string, body: unknown, token?: string): Promise<T> => {
    const answer = await fetch(`${url}/api${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: {
        'Content-Type': 'application/json',
        'Idempotency-Key': randomUUID(),
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      },
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`POST ${path}: ${answer.status} ${text.slice(0, 300)}`)
    return JSON.parse(text) as T
  }

  const heard = new Set<string>()
  const handled = new Set<string>(handledEvents.platform)
  /** What Stripe has to tell an endpoint that asks for just what docs/operations.md says. */
  const deliverEvents = async (): Promise<void> => {
    for (const event of stripe.control.events()) {
      if (heard.has(event.id)) continue
      heard.add(event.id)
      if (event.account !== undefined || !handled.has(event.type)) continue
      const body = JSON.stringify(event)
      const signature = Stripe.webhooks.generateTestHeaderString({ payload: body, secret: webhookSecret })
      const answer = await fetch(`${url}/api/stripe/webhooks`, {
        method: 'POST',
        body,
        headers: { 'Content-Type': 'application/json', 'Stripe-Signature': signature },
      })
      if (!answer.ok) throw new Error(`An event was refused: ${answer.status} ${await answer.text()}`)
    }
  }
  const isAtRest = async (): Promise<boolean> => {
    const { rows } = await database.query<{ due: number }>(
      `SELECT count(*)::int AS due FROM graphile_worker.jobs WHERE run_at <= now() + interval '30 seconds' AND attempts < max_attempts
         AND task_identifier <> 'sweep'`,
    )
    return rows[0]?.due === 0
  }
  /** Until the worker has nothing to do and Stripe nothing to tell. */
  const rest = async (): Promise<void> => {
    do {
      await deliverEvents()
      await delay(300)
    } while (!(await isAtRest()))
    const known = heard.size
    await deliverEvents()
    if (heard.size > known) await rest()
  }
  /** As if the time of everything that waits for its time had come. */
  const letTimersRun = async (which = 'true'): Promise<void> => {
    await database.query(
      `UPDATE graphile_worker._private_jobs SET run_at = now() WHERE run_at > now() AND locked_at IS NULL AND ${which}`,
    )
    await rest()
  }
  const startIn = async (interval: string, timers?: string): Promise<void> => {
    await database.query(
      `UPDATE scheduled_sessions SET starts_at = now() + $1::interval, ends_at = now() + $1::interval + interval '30 minutes'
       WHERE status = 'scheduled'`,
      [interval],
    )
    await letTimersRun(timers)
    await database.query('VACUUM')
  }

  await rest()
  await measureFrom()

  const first = Math.ceil(Date.now() / dayMs + 3) * dayMs
  const startOf = (n: number, shift = 0) =>
    new Date(first + Math.floor(n / experts.slugs.length) * 1_800_000 + shift).toISOString()
  const book = async (n: number): Promise<void> => {
    const { session, manageToken, payment } = await post<Answer>('/booking/sessions', {
      consultant: experts.slugs[n % experts.slugs.length],
      serviceType: experts.serviceType,
      start: startOf(n),
      customer: {
        name: `Ada Guest ${n}`,
        email: `ada.guest.${n}@mail.parley.example`,
        timeZone: 'Europe/Berlin',
      },
      problem: {
        title: 'A question on a contract',
        description:
          'We are about to sign a lease for an office over five years, and would like to know what to look at before.',
      },
    })
    if (!payment) throw new Error('A booking was answered without its payment.')
    stripe.control.payCheckout(new URL(payment.checkoutUrl).pathname.split('/').pop() ?? '')
    await post(`/booking/sessions/${session.reference}/payment/refresh`, {}, manageToken)
    if (n % 10 === 3)
      await post(`/booking/sessions/${session.reference}/reschedule`, { start: startOf(n, 7 * dayMs) }, manageToken)
    if (n % 10 === 7) await post(`/booking/sessions/${session.reference}/cancel`, {}, manageToken)
  }
  let next = 0
  const one = async () => {
    for (let n = next++; n < total; n = next++) {
      await book(n)
      if (n % 100 === 99) {
        await deliverEvents()
        say(`${n + 1} booked`)
      }
    }
  }
  await Promise.all(Array.from({ length: clients }, one))
  await rest()
  await database.query('VACUUM')
  say('Paid, told of and written into calendars')
  await startIn('23 hours 50 minutes', `payload->>'kind' = 'day'`)
  await startIn('50 minutes', `payload->>'kind' = 'hour'`)
  say('Reminded of')
  await startIn('-90 minutes')
  await letTimersRun()
  await letTimersRun()
  say(
    JSON.stringify(
      (
        await database.query(
          `SELECT s.status, p.status AS payment, p.payout_status AS payout, count(*)::int FROM scheduled_sessions s LEFT JOIN payments p ON p.scheduled_session_id = s.id GROUP BY 1, 2, 3`,
        )
      ).rows,
    ),
  )
}
