import { beforeAll, describe, expect, it } from 'vitest'
import type { ResendSandbox } from '#sandbox/resend/start-resend-sandbox'
import type { StripeSandbox } from '#sandbox/stripe/start-stripe-sandbox'
import {
  book,
  type CalendarWorld,
  connect,
  connectionOf,
  createExpert,
  entriesOf,
  openCalendarWorld,
  poll,
  slotsOn,
  work,
} from '../../support/calendar-world'
import { guest, hourIn, iso } from '../../support/fixtures'
import { kindOf, openResendSandbox } from '../../support/resend-sandbox'
import { openStripeSandbox } from '../../support/stripe-sandbox'

let world: CalendarWorld
let resend: ResendSandbox
let stripe: StripeSandbox

beforeAll(async () => {
  const [mail, money] = await Promise.all([openResendSandbox(), openStripeSandbox()])
  resend = mail.resend
  stripe = money.stripe
  world = await openCalendarWorld({ ...mail.env, ...money.env })
})

const hour = 3_600_000
const start = hourIn(7, 10)
const others = ['process-stripe-event', 'settle-payment', 'run-refund', 'follow-session', 'deliver-notification']

describe('while Google answers nothing useful', () => {
  it.each(['server_error', 'too_many_requests', 'html', 'disconnect'] as const)(
    'sessions are booked, paid, moved and cancelled, and mails go out; the calendar follows when it can: %s',
    async (kind) => {
      const prices = [{ durationMinutes: 30, amount: 5_000, currency: 'GBP' as const }]
      const expert = await createExpert(world, { serviceType: { isFree: false, prices } })
      const busy = start + 5 * hour
      world.google.control.addEvent(expert.email, { start: iso(busy), end: iso(busy + hour) })
      await connect(world, expert)
      world.google.control.failNext({ kind, times: 1_000 })
      const customer = guest()
      const sold = async (at: number) => {
        const answer = await world.api.post('/booking/sessions', {
          consultant: expert.profile.slug,
          serviceType: expert.serviceType.slug,
          start: iso(at),
          customer,
        })
        expect(answer.status, answer.text).toBe(201)
        const { session, manageToken, payment } = answer.json
        const auth = { Authorization: `Bearer ${String(manageToken)}` }
        const command = (path: string, body: unknown = {}) =>
          world.api.post(`/booking/sessions/${String(session.reference)}/${path}`, body, auth)
        stripe.control.payCheckout(new URL(payment.checkoutUrl).pathname.split('/').pop() ?? '')
        expect((await command('payment/refresh')).status).toBe(200)
        await work(world, ...others)
        return command
      }
      const [first, second] = [await sold(start), await sold(start + hour)]
      expect((await first('reschedule', { start: iso(start + 2 * hour) })).status).toBe(200)
      expect((await second('cancel')).status).toBe(200)
      await work(world, ...others)
      const kinds = resend.control.emails(customer.email).map(kindOf)
      expect(kinds).toEqual(
        expect.arrayContaining([
          'booking_confirmation/customer',
          'booking_rescheduled/customer',
          'booking_cancelled/customer',
        ]),
      )
      expect(await slotsOn(world, expert, start)).not.toContain(busy)
      expect(entriesOf(world, expert)).toEqual([])
      expect((await connectionOf(expert)).waiting).toBeGreaterThan(0)

      world.google.control.clearFaults()
      await poll(world, expert)
      await poll(world, expert)
      expect(entriesOf(world, expert)).toMatchObject([{ start: start + 2 * hour }])
      expect((await connectionOf(expert)).waiting).toBe(0)
    },
  )

  it('what was booked while an account had to be connected again is written once it is', async () => {
    const expert = await createExpert(world)
    const busy = start + 5 * hour
    world.google.control.addEvent(expert.email, { start: iso(busy), end: iso(busy + hour) })
    await connect(world, expert)
    world.google.control.withdrawAccess(expert.email)
    const session = await book(world, expert, start)
    await work(world)
    expect(await connectionOf(expert)).toMatchObject({
      status: 'needs_reauth',
      waiting: 1,
      staleSince: expect.any(String),
    })
    expect(await slotsOn(world, expert, start)).not.toContain(busy)
    await session.move(start + hour)
    await connect(world, expert)
    expect(await connectionOf(expert)).toMatchObject({ status: 'connected', waiting: 0, staleSince: null })
    expect(entriesOf(world, expert)).toMatchObject([{ start: start + hour }])
  })
})
