import type { Payload } from 'payload'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ConsultantProfile, ServiceType, User } from '#payload-types'
import type { StripeSandbox } from '#sandbox/stripe/start-stripe-sandbox'
import type { TestDatabase } from '../../support/database'
import { expectSoundBooks } from '../../support/expect-sound-books'
import { createConsultant, createServiceType, guest, hourIn, iso } from '../../support/fixtures'
import { runDueJobs } from '../../support/jobs'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'
import { openStripeSandbox } from '../../support/stripe-sandbox'
import { tokenFor } from '../../support/token-for'

let payload: Payload
let database: TestDatabase
let api: RestClient
let stripe: StripeSandbox
let consultant: { profile: ConsultantProfile; user: User }
let serviceType: ServiceType
let host: Record<string, string>
let hour = 0

beforeAll(async () => {
  const sandbox = await openStripeSandbox()
  stripe = sandbox.stripe
  ;({ payload, database } = await openTestPayload(sandbox.env))
  api = await createRestClient(payload)
  consultant = await createConsultant(payload)
  host = { Authorization: `JWT ${await tokenFor(payload, consultant.user)}` }
  serviceType = await createServiceType(payload, [consultant.profile], {
    isFree: false,
    requiresConfirmation: true,
    prices: [{ durationMinutes: 30, amount: 8_000, currency: 'EUR' }],
  })
})

afterEach(() => expectSoundBooks(payload))

const work = () => runDueJobs(payload, database, { only: ['process-stripe-event', 'settle-payment', 'run-refund'] })

const book = async () => {
  const answer = await api.post('/booking/sessions', {
    consultant: consultant.profile.slug,
    serviceType: serviceType.slug,
    start: iso(hourIn(8, hour++)),
    customer: guest(),
  })
  expect(answer.status, answer.text).toBe(201)
  const auth = { Authorization: `Bearer ${answer.json.manageToken}` }
  const url = `/booking/sessions/${answer.json.session.reference}`
  const checkoutId = new URL(answer.json.payment.checkoutUrl).pathname.split('/').pop() ?? ''
  return {
    url,
    auth,
    answer,
    authorize: async () => {
      stripe.control.payCheckout(checkoutId)
      return (await api.post(`${url}/payment/refresh`, {}, auth)).json
    },
  }
}

const read = async (url: string, auth: Record<string, string>) => (await api.get(url, auth)).json

describe('a paid session that needs the consultant’s yes', () => {
  it('reserves the price on the card and charges it when the consultant confirms', async () => {
    const { url, auth, answer, authorize } = await book()
    expect(answer.json.session.status).toBe('pending_confirmation')
    expect(await authorize()).toMatchObject({
      session: { status: 'pending_confirmation' },
      payment: { status: 'authorized' },
    })
    const confirmed = await api.post(`${url}/confirm`, {}, host)
    expect(confirmed.json.session, confirmed.text).toMatchObject({ status: 'scheduled' })
    await work()
    expect(await read(url, auth)).toMatchObject({ session: { status: 'scheduled' }, payment: { status: 'succeeded' } })
  })

  it('cannot be confirmed before the card is authorised', async () => {
    const { url } = await book()
    const refused = await api.post(`${url}/confirm`, {}, host)
    expect(refused.json).toMatchObject({ status: 409, code: 'illegal_transition' })
  })

  it('lets the card go when the consultant declines: nothing is charged, nothing is refunded', async () => {
    const { url, auth, authorize } = await book()
    await authorize()
    const declined = await api.post(`${url}/decline`, { reason: 'On leave.' }, host)
    expect(declined.json.session, declined.text).toMatchObject({ status: 'declined' })
    await work()
    expect(await read(url, auth)).toMatchObject({ payment: { status: 'cancelled', refunded: { amount: 0 } } })
    expect(Object.keys(stripe.control.tables().refunds)).toHaveLength(0)
  })

  it('lets the card go when the customer authorises after taking the booking back', async () => {
    const { url, auth, authorize } = await book()
    await api.post(`${url}/cancel`, {}, auth)
    await authorize()
    await work()
    expect(await read(url, auth)).toMatchObject({
      session: { status: 'cancelled_by_user' },
      payment: { status: 'cancelled', refunded: { amount: 0 } },
    })
  })
})
