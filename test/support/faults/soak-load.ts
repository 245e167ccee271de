import { setTimeout as delay } from 'node:timers/promises'
import { guest, hourIn, iso } from '../fixtures'
import { createBookingClient, RefusedRequest } from './booking-client'
import { drawFrom } from './draw'
import type { FaultWorld } from './fault-world'
import { type Booked, keepComing, type Load } from './load'

const hourMs = 3_600_000
/** Bookings begin two days ahead, and none begins later than is offered. */
const hoursOfAnExpert = 56 * 24
const patienceMs = 240_000

/**
 * Customers as they come: they look around, hold a time, book it, pay or not, move it, cancel it; some wait for Stripe's event, others come back
 * from its page. What each of them does follows from the seed. So many at a time, with a pause between two, until it is stopped.
 */
export const startSoakLoad = (
  { urls, experts, stripe }: Pick<FaultWorld, 'urls' | 'experts' | 'stripe'>,
  { clients, pauseMs, seed }: { clients: number; pauseMs: number; seed: number },
): Load => {
  // 502: Stripe did not answer.
  const { answers, ask } = createBookingClient(urls, { mayFail: [502] })
  const first = hourIn(2, 0)
  let taken = 0

  /** An hour that nobody else of this load takes. */
  const takeHour = () => {
    const n = taken++
    const expert = experts[n % experts.length]
    const hour = Math.floor(n / experts.length)
    if (!expert || hour >= hoursOfAnExpert) throw new Error('All time is booked: take more experts.')
    return { expert, hour: first + hour * hourMs }
  }
  /** Both halves of an hour are of one customer, so that there is one to move to. */
  const secondHalf = (start: number) => start + hourMs / 2

  const order = async (
    asked: { consultant: string; serviceType: string; start: string },
    { isHeld, customer }: { isHeld: boolean; customer: object },
  ) => {
    const direct = () => ask('POST', '/booking/sessions', { ...asked, customer })
    if (!isHeld) return direct()
    const { token } = await ask('POST', '/booking/holds', asked)
    try {
      return await ask('POST', '/booking/sessions', { holdToken: token, customer })
    } catch (error) {
      // The hold ran out while nobody answered.
      if (error instanceof RefusedRequest && error.status === 410) return direct()
      throw error
    }
  }

  const lookAround = async (consultant: string, serviceType: string, start: number) => {
    await ask('GET', `/booking/consultants?availableFrom=${iso(start)}&availableTo=${iso(start + 2 * hourMs)}`)
    const day = iso(start).slice(0, 10)
    await ask('GET', `/booking/slots?consultant=${consultant}&serviceType=${serviceType}&start=${day}&end=${day}`)
  }

  /** Until Stripe's event has arrived. */
  const awaitPaid = async (path: string, token: string) => {
    for (const deadline = Date.now() + patienceMs; ; await delay(500)) {
      const { session } = await ask('GET', path, undefined, token)
      if (session?.status === 'scheduled') return
      if (Date.now() > deadline) throw new Error(`${path} was paid, and is ${session?.status} after four minutes.`)
    }
  }

  const comeAndGo = async (n: number): Promise<Booked> => {
    const random = drawFrom(seed * 1_000_003 + n)
    const chance = (part: number) => random() < part
    const plan = {
      isPaid: chance(0.5),
      isHeld: chance(0.5),
      isMoved: chance(0.3),
      isCancelled: chance(0.3),
      comesBack: chance(0.5),
    }
    const { isPaid, isMoved, isCancelled } = plan
    await delay(pauseMs * (0.5 + random()))
    const { expert, hour } = takeHour()
    const asked = {
      consultant: expert.profile.slug,
      serviceType: isPaid ? expert.paid : expert.serviceType.slug,
      start: iso(hour),
    }
    const customer = guest()
    await lookAround(asked.consultant, asked.serviceType, hour)
    const { session, manageToken, payment } = await order(asked, { isHeld: plan.isHeld, customer })
    if (!session || manageToken === undefined) throw new Error('A booking was answered without its session.')
    const path = `/booking/sessions/${session.reference}`
    if (payment) {
      stripe.control.payCheckout(new URL(payment.checkoutUrl).pathname.split('/').pop() ?? '')
      if (plan.comesBack) await ask('POST', `${path}/payment/refresh`, {}, manageToken)
      await awaitPaid(path, manageToken)
    }
    const start = isMoved ? secondHalf(hour) : hour
    if (isMoved) await ask('POST', `${path}/reschedule`, { start: iso(start) }, manageToken)
    if (isCancelled) await ask('POST', `${path}/cancel`, {}, manageToken)
    const { reference, id: sessionId } = session
    return { reference, sessionId, expert, email: customer.email, start, isPaid, isMoved, isCancelled }
  }

  return { answers, ...keepComing(clients, comeAndGo) }
}
