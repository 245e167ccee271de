import { guest, hourIn, iso } from '../fixtures'
import { type Answers, createBookingClient } from './booking-client'
import type { FaultWorld } from './fault-world'

/** What became of one booking, as the customer was told. */
export type Booked = {
  reference: string
  sessionId: string
  expert: FaultWorld['experts'][number]
  email: string
  /** Epoch milliseconds; of one that was moved, the last. */
  start: number
  isPaid: boolean
  isMoved: boolean
  isCancelled: boolean
}

export type Load = {
  answers: Answers
  stop: () => Promise<Booked[]>
  /** How many have come to their end. @throws what kept somebody from it. */
  count: () => number
}

let hour = 0

/**
 * Customers who book, pay and cancel at once, over HTTP and every web process, and repeat what was not answered with the same key as a client
 * should. Goes on until it is stopped; then everybody comes to their end.
 */
export const startLoad = (world: Pick<FaultWorld, 'urls' | 'experts' | 'stripe'>, clients: number): Load => {
  const { urls, experts, stripe } = world
  const { answers, ask } = createBookingClient(urls)

  const comeAndGo = async (n: number): Promise<Booked> => {
    const expert = experts[n % experts.length]
    if (!expert) throw new Error('There is nobody to book.')
    const kind = Math.floor(n / experts.length) % 4
    const [isPaid, isCancelled] = [kind >= 2, kind % 2 === 1]
    const customer = guest()
    const at = hour++
    const start = hourIn(3 + Math.floor(at / 24), at % 24)
    const { session, manageToken, payment } = await ask('POST', '/booking/sessions', {
      consultant: expert.profile.slug,
      serviceType: isPaid ? expert.paid : expert.serviceType.slug,
      start: iso(start),
      customer,
    })
    if (!session) throw new Error('A booking was answered without its session.')
    const path = `/booking/sessions/${session.reference}`
    if (payment) {
      stripe.control.payCheckout(new URL(payment.checkoutUrl).pathname.split('/').pop() ?? '')
      await ask('POST', `${path}/payment/refresh`, {}, manageToken)
    }
    if (isCancelled) await ask('POST', `${path}/cancel`, {}, manageToken)
    const { reference, id: sessionId } = session
    return { reference, sessionId, expert, email: customer.email, start, isPaid, isMoved: false, isCancelled }
  }

  return { answers, ...keepComing(clients, comeAndGo) }
}

/** So many at a time, one after the other, until it is stopped; then whoever is there comes to their end. */
export const keepComing = (
  clients: number,
  comeAndGo: (n: number) => Promise<Booked>,
): Pick<Load, 'stop' | 'count'> => {
  const booked: Booked[] = []
  const failures: unknown[] = []
  let isOver = false
  let next = 0
  const running = Array.from({ length: clients }, async () => {
    while (!isOver) booked.push(await comeAndGo(next++))
  })
  // Whoever stops it hears of it.
  for (const one of running) one.catch((error: unknown) => failures.push(error))
  return {
    count: () => {
      if (failures.length) throw failures[0]
      return booked.length
    },
    stop: async () => {
      isOver = true
      await Promise.all(running)
      return booked
    },
  }
}
