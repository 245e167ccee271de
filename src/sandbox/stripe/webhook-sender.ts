import { createHmac, randomBytes } from 'node:crypto'
import type { WebhookFault } from './faults'
import { runScheduled } from './schedule'
import type { Delivery } from './sandbox-state'
import type { StoredEvent } from './stored-objects'
import { find, type World } from './world'

export type WebhookEndpoint = {
  url: string
  /** Several while a secret is rotated: Stripe then signs with each. */
  secrets: readonly string[]
}

export type WebhookSenderOptions = {
  endpoint: WebhookEndpoint | undefined
  /** Pauses before the second, third … attempt, ms; after the last one the event is given up (but can be sent again). */
  retryDelays: readonly number[]
  /** How long the endpoint may take to answer, ms. */
  timeout: number
  afterChange: () => Promise<void>
}

/** As many deliveries are remembered. */
const remembered = 1000
const parallel = 8

/**
 * The `Stripe-Signature` of a body.
 * @param timestamp epoch seconds.
 */
export const signWebhook = (body: string, secrets: readonly string[], timestamp: number): string => {
  const signatures = secrets.map((secret) => createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex'))
  // Test mode adds a signature of the scheme v0, which is not to be believed.
  return [`t=${timestamp}`, ...signatures.map((value) => `v1=${value}`), `v0=${randomBytes(32).toString('hex')}`].join(
    ',',
  )
}

type Task = { eventId: string; attempt: number }

export type WebhookSender = ReturnType<typeof createWebhookSender>

/**
 * Brings events to the endpoint as Stripe does: at least once, signed anew each time, again after a failure. Events leave
 * in the order in which they happened, several at a time, so they may arrive in another one.
 */
export const createWebhookSender = (world: World, options: WebhookSenderOptions) => {
  let endpoint = options.endpoint
  let isHeld = false
  let isClosed = false
  let signatureAge = 0
  const queue: Task[] = []
  const held: Task[] = []
  const timers = new Set<NodeJS.Timeout>()
  const abort = new AbortController()
  let running = 0
  let idleWaiters: (() => void)[] = []

  const record = (delivery: Delivery): void => {
    world.state.deliveries.push(delivery)
    if (world.state.deliveries.length > remembered) world.state.deliveries.shift()
  }

  const tellWaiters = (): void => {
    if (running || queue.length) return
    for (const waiter of idleWaiters) waiter()
    idleWaiters = []
  }

  const later = (delay: number, what: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      what()
    }, delay)
    timer.unref()
    timers.add(timer)
  }

  const post = async (
    event: StoredEvent,
    target: WebhookEndpoint,
  ): Promise<{ status: number | null; error: string | null }> => {
    const body = JSON.stringify(event, null, 2)
    // Signed with the real clock: the receiver compares with its own.
    const timestamp = Math.floor(Date.now() / 1000) - signatureAge
    try {
      const response = await fetch(target.url, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json; charset=utf-8',
          'Stripe-Signature': signWebhook(body, target.secrets, timestamp),
          'User-Agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
        },
        body,
        redirect: 'manual',
        signal: AbortSignal.any([abort.signal, AbortSignal.timeout(options.timeout)]),
      })
      await response.body?.cancel()
      return { status: response.status, error: null }
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
      return { status: null, error: cause instanceof Error ? cause.message : String(cause) }
    }
  }

  const deliver = async ({ eventId, attempt }: Task): Promise<void> => {
    const event = find(world, 'events', eventId)
    if (!event || !endpoint) return
    const { status, error } = await post(event, endpoint)
    // Closed, or forgotten, while it was on its way.
    if (isClosed || find(world, 'events', eventId) !== event) return
    const isDelivered = status !== null && status >= 200 && status < 300
    record({
      eventId,
      eventType: event.type,
      attempt,
      at: Date.now(),
      status,
      outcome: isDelivered ? 'delivered' : 'failed',
      error,
    })
    const delay = options.retryDelays[attempt - 1]
    if (isDelivered) event.pending_webhooks = 0
    else if (delay !== undefined) later(delay, () => enqueue({ eventId, attempt: attempt + 1 }))
    await options.afterChange()
  }

  const pump = (): void => {
    while (!isClosed && running < parallel) {
      const task = queue.shift()
      if (!task) break
      running += 1
      void deliver(task).finally(() => {
        running -= 1
        pump()
        tellWaiters()
      })
    }
  }

  const enqueue = (task: Task): void => {
    if (isClosed) return
    if (isHeld) {
      held.push(task)
      return
    }
    queue.push(task)
    // Not before the request that caused the event has been carried out.
    setImmediate(pump)
  }

  const applyFault = (fault: WebhookFault | undefined, event: StoredEvent): void => {
    const first = { eventId: event.id, attempt: 1 }
    if (fault?.kind === 'drop') {
      event.pending_webhooks = 0
      const at = Date.now()
      record({ ...first, eventType: event.type, at, status: null, outcome: 'dropped', error: null })
      return
    }
    if (fault?.kind === 'delay') {
      later(fault.delayMs ?? 1000, () => enqueue(first))
      return
    }
    const copies = fault?.kind === 'duplicate' ? (fault.copies ?? 1) : 0
    for (let n = 0; n <= copies; n++) enqueue(first)
  }

  const clock = setInterval(() => {
    if (runScheduled(world)) void options.afterChange()
  }, 1000)
  clock.unref()

  return {
    /** A new event. */
    send: (event: StoredEvent): void => {
      if (!endpoint) return
      event.pending_webhooks = 1
      applyFault(world.faults.takeWebhookFault(event.type), event)
    },
    /** Sends an event once more, whatever became of it. */
    resend: (eventId: string): boolean => {
      if (!find(world, 'events', eventId) || !endpoint) return false
      enqueue({ eventId, attempt: 1 })
      return true
    },
    /** Sends whatever had not arrived when the sandbox was stopped. */
    resume: (): void => {
      for (const event of Object.values(world.state.tables.events)) {
        if (event.pending_webhooks > 0) enqueue({ eventId: event.id, attempt: 1 })
      }
    },
    setEndpoint: (next: WebhookEndpoint | undefined): void => {
      endpoint = next
    },
    endpoint: () => endpoint,
    /** Makes signatures look so many seconds old. */
    setSignatureAge: (seconds: number): void => {
      signatureAge = seconds
    },
    /** From now on events wait. */
    hold: (): void => {
      isHeld = true
    },
    heldCount: (): number => held.length,
    /** Lets the waiting events go, in an order of the caller's choice. */
    release: (order: 'as_happened' | 'reversed' | 'shuffled' = 'as_happened'): void => {
      isHeld = false
      const tasks = held.splice(0)
      if (order === 'reversed') tasks.reverse()
      if (order === 'shuffled') shuffle(tasks)
      for (const task of tasks) enqueue(task)
    },
    /** Gives up whatever waits to be sent, and holds nothing back any more. */
    clear: (): void => {
      queue.length = 0
      held.length = 0
      isHeld = false
      signatureAge = 0
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
      tellWaiters()
    },
    /** Resolves when nothing is being sent and nothing waits to be; pauses before another attempt do not count. */
    idle: (): Promise<void> =>
      new Promise((resolve) => {
        idleWaiters.push(resolve)
        setImmediate(tellWaiters)
      }),
    close: (): void => {
      isClosed = true
      clearInterval(clock)
      for (const timer of timers) clearTimeout(timer)
      abort.abort()
      for (const waiter of idleWaiters) waiter()
      idleWaiters = []
    },
  }
}

const shuffle = <T>(items: T[]): void => {
  for (let index = items.length - 1; index > 0; index--) {
    const other = Math.floor(Math.random() * (index + 1))
    const [a, b] = [items[index], items[other]]
    if (a !== undefined && b !== undefined) [items[index], items[other]] = [b, a]
  }
}
