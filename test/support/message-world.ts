import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { expect } from 'vitest'
import type { ConsultantProfile, Notification, ServiceType } from '#payload-types'
import type { ResendSandbox } from '#sandbox/resend/start-resend-sandbox'
import type { StripeSandbox } from '#sandbox/stripe/start-stripe-sandbox'
import type { TestDatabase } from './database'
import { guest, hourIn, iso } from './fixtures'
import { runDueJobs } from './jobs'
import { openTestPayload } from './payload'
import { openProviderGate, type ProviderGate } from './provider-gate'
import { openResendSandbox } from './resend-sandbox'
import { createRestClient, type RestClient } from './rest-client'
import { openStripeSandbox } from './stripe-sandbox'

export type MessageWorld = {
  payload: Payload
  database: TestDatabase
  api: RestClient
  resend: ResendSandbox
  /** Between Parley and `resend`. */
  gate: ProviderGate
  stripe: StripeSandbox
}

/**
 * The API, a database, a Resend and a Stripe of this test file alone; nothing runs but what the test lets run.
 * @param options.mailsPerSecond what Resend takes; any number unless it says more.
 */
export const openMessageWorld = async (
  options: { mailsPerSecond?: number; env?: Record<string, string> } = {},
): Promise<MessageWorld> => {
  const { mailsPerSecond: perSecond = 0, env = {} } = options
  const [{ resend, env: mail }, { stripe, env: money }] = await Promise.all([
    openResendSandbox({ perSecond }),
    openStripeSandbox(),
  ])
  const gate = await openProviderGate(resend.url)
  const { payload, database } = await openTestPayload({ ...mail, ...money, RESEND_BASE_URL: gate.url, ...env })
  return { payload, database, api: await createRestClient(payload), resend, gate, stripe }
}

const messageTasks = ['follow-session', 'follow-request', 'deliver-notification', 'deliver-over-channel']
const moneyTasks = ['process-stripe-event', 'settle-payment', 'run-refund', 'expire-payment', 'expire-confirmation']

/** Does what the worker would do now, but for publishing slots. */
export const work = ({ payload, database }: MessageWorld): Promise<void> =>
  runDueJobs(payload, database, { only: [...messageTasks, ...moneyTasks] })

/** Records what follows, but sends nothing. */
export const follow = ({ payload, database }: MessageWorld): Promise<void> =>
  runDueJobs(payload, database, { only: ['follow-session', 'follow-request'] })

/** As if the pause before the next attempt of every mail that waits were over. @returns how many wait. */
export const makeMailsDue = async ({ payload }: MessageWorld): Promise<number> => {
  const { poolDb } = await import('#database/transactions')
  const db = poolDb(payload)
  const { rowCount } = await db.execute(sql`
    UPDATE notifications SET delivery_next_attempt_at = now() - interval '1 second' WHERE delivery_state = 'queued'`)
  await db.execute(sql`
    UPDATE graphile_worker._private_jobs SET run_at = now() - interval '1 second'
    WHERE task_id IN (SELECT id FROM graphile_worker._private_tasks WHERE identifier LIKE 'deliver-%')`)
  return rowCount ?? 0
}

let hour = 0
/** A full hour that no other booking of this file has, nine days ahead; epoch ms. */
export const nextStart = (): number => hourIn(9, hour++)

export type Guest = ReturnType<typeof guest> & { language?: string }

/** As if they had opened a link of a mail. */
export const confirmAddress = async ({ payload }: Pick<MessageWorld, 'payload'>, email: string): Promise<void> => {
  const { poolDb } = await import('#database/transactions')
  await poolDb(payload).execute(sql`UPDATE customers SET email_verified = true WHERE email = ${email}`)
}

/** Books over the API, and offers what the customer can do with it. */
export const book = async (
  world: MessageWorld,
  what: {
    consultant: ConsultantProfile
    serviceType: ServiceType
    customer?: Guest
    start?: number
    /** Whether the address is known to be the customer's; it is, unless this says otherwise. */
    isConfirmed?: boolean
  },
) => {
  const { api, payload, resend, stripe } = world
  const { consultant, serviceType, customer = guest(), start = nextStart(), isConfirmed = true } = what
  const answer = await api.post('/booking/sessions', {
    consultant: consultant.slug,
    serviceType: serviceType.slug,
    start: iso(start),
    customer,
  })
  expect(answer.status, answer.text).toBe(201)
  const { session, manageToken, payment } = answer.json
  if (isConfirmed) await confirmAddress(world, customer.email)
  const reference: string = session.reference
  const auth = { Authorization: `Bearer ${String(manageToken)}` }
  const url = `/booking/sessions/${reference}`
  const command = async (path: string, body: unknown = {}) => {
    const done = await api.post(`${url}/${path}`, body, auth)
    expect(done.status, done.text).toBe(200)
  }
  const find = async () => {
    const where = { reference: { equals: reference } }
    const { docs } = await payload.find({ collection: 'scheduled-sessions', where, depth: 0, limit: 1 })
    if (!docs[0]) throw new Error(`Session ${reference} does not exist.`)
    return docs[0]
  }
  return {
    reference,
    customer,
    start,
    auth,
    url,
    find,
    checkoutId: new URL(payment?.checkoutUrl ?? 'http://none/none').pathname.split('/').pop() ?? '',
    move: (to: number, reason?: string) => command('reschedule', { start: iso(to), reason }),
    cancel: (reason?: string) => command('cancel', { reason }),
    refreshPayment: () => command('payment/refresh'),
    /** Pays on Stripe's page, and comes back from it. */
    pay: async () => {
      stripe.control.payCheckout(new URL(payment.checkoutUrl).pathname.split('/').pop() ?? '')
      await command('payment/refresh')
    },
    mails: () => resend.control.emails(customer.email),
    notifications: async (): Promise<Notification[]> => {
      const where = { scheduledSession: { equals: (await find()).id } }
      const { docs } = await payload.find({
        collection: 'notifications',
        where,
        sort: 'createdAt',
        depth: 0,
        limit: 50,
      })
      return docs
    },
  }
}
