import { createFaultList } from './fault-list'

export type DeliveryOutcome = 'delivered' | 'failed' | 'dropped'

/** An attempt to bring one message to its receiver. */
export type DeliveryRecord<Message> = {
  message: Message
  attempt: number
  /** Epoch ms, by the real clock. */
  at: number
  /** HTTP status of the answer; null when there was none. */
  status: number | null
  outcome: DeliveryOutcome
  error: string | null
}

/** What goes wrong with the delivery of the next message that fits. */
export type DeliveryFault = {
  kind: 'drop' | 'duplicate' | 'delay'
  /** What the message is about; without it every one fits. */
  topic?: string | undefined
  /** How many messages, default 1. */
  times?: number | undefined
  /** How many further copies of a duplicated message, default 1. */
  copies?: number | undefined
  /** Default 1000. */
  delayMs?: number | undefined
}

export type ReleaseOrder = 'as_happened' | 'reversed' | 'shuffled'

/** As many deliveries are remembered. */
const remembered = 1000
const parallel = 8

/** Adds one to the deliveries that are remembered. */
export const remember = <T>(list: T[], delivery: T): void => {
  list.push(delivery)
  if (list.length > remembered) list.shift()
}

type Task<Message> = { message: Message; attempt: number }

const shuffle = <T>(items: T[]): void => {
  for (let index = items.length - 1; index > 0; index--) {
    const other = Math.floor(Math.random() * (index + 1))
    const [a, b] = [items[index], items[other]]
    if (a !== undefined && b !== undefined) [items[index], items[other]] = [b, a]
  }
}

/**
 * Brings messages to whoever listens, in the background: they leave in the order in which they were sent, several at a time,
 * so they may arrive in another one.
 */
export const createDeliveryQueue = <Message>(options: {
  topicOf: (message: Message) => string
  /** Before each attempt: what is in its way, or null. */
  prepare?: () => Promise<string | null>
  /** Makes the request anew for each attempt; undefined = there is nobody to tell any more. */
  toRequest: (message: Message) => { url: string; init: RequestInit } | undefined
  isDelivered: (status: number) => boolean
  /** Whether another attempt may help after this answer (null: none). */
  isWorthRepeating: (status: number | null) => boolean
  /** The message has arrived, was dropped, or was given up. */
  onSettled?: (message: Message, outcome: DeliveryOutcome) => void
  /** After each attempt, once it is known what became of the message; the attempt is over when this is. */
  onAttempt?: (record: DeliveryRecord<Message>) => Promise<void> | void
  /** Pauses before the second, third … attempt, ms; after the last one the message is given up. */
  retryDelays: readonly number[]
  /** How long the receiver may take to answer, ms. */
  timeout: number
}) => {
  const faults = createFaultList<DeliveryFault>()
  const records: DeliveryRecord<Message>[] = []
  const queue: Task<Message>[] = []
  const held: Task<Message>[] = []
  const timers = new Set<NodeJS.Timeout>()
  const abort = new AbortController()
  let isHeld = false
  let isClosed = false
  /** Counts how often everything was given up: what was on its way then is of no interest any more. */
  let clearings = 0
  let running = 0
  let idleWaiters: (() => void)[] = []

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

  const stopTimers = (): void => {
    for (const timer of timers) clearTimeout(timer)
    timers.clear()
  }

  const post = async ({ url, init }: { url: string; init: RequestInit }) => {
    try {
      const response = await fetch(url, {
        ...init,
        method: 'POST',
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

  const attemptTo = async (message: Message) => {
    const obstacle = (await options.prepare?.()) ?? null
    if (obstacle !== null) return { status: null, error: obstacle }
    const request = options.toRequest(message)
    return request && post(request)
  }

  const settle = (record: DeliveryRecord<Message>): Promise<void> | void => {
    remember(records, record)
    options.onSettled?.(record.message, record.outcome)
    return options.onAttempt?.(record)
  }

  const deliver = async ({ message, attempt }: Task<Message>): Promise<void> => {
    const before = clearings
    const result = await attemptTo(message)
    if (!result || isClosed || clearings !== before) return
    const { status, error } = result
    const outcome = status !== null && options.isDelivered(status) ? 'delivered' : 'failed'
    const record: DeliveryRecord<Message> = { message, attempt, at: Date.now(), status, outcome, error }
    const delay = options.retryDelays[attempt - 1]
    if (outcome === 'delivered' || delay === undefined || !options.isWorthRepeating(status)) return settle(record)
    remember(records, record)
    later(delay, () => enqueue({ message, attempt: attempt + 1 }))
    await options.onAttempt?.(record)
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

  const enqueue = (task: Task<Message>): void => {
    if (isClosed) return
    if (isHeld) {
      held.push(task)
      return
    }
    queue.push(task)
    // Not before the call that caused the message has been carried out.
    setImmediate(pump)
  }

  return {
    send: (message: Message): void => {
      const topic = options.topicOf(message)
      const fault = faults.take((one) => !one.topic || one.topic === topic)
      const first = { message, attempt: 1 }
      if (fault?.kind === 'drop') {
        void settle({ ...first, at: Date.now(), status: null, outcome: 'dropped', error: null })
        return
      }
      if (fault?.kind === 'delay') {
        later(fault.delayMs ?? 1000, () => enqueue(first))
        return
      }
      const copies = fault?.kind === 'duplicate' ? (fault.copies ?? 1) : 0
      for (let n = 0; n <= copies; n++) enqueue(first)
    },
    /** Sends a message once more, whatever is to go wrong with the next one. */
    sendAgain: (message: Message): void => enqueue({ message, attempt: 1 }),
    addFault: faults.add,
    clearFaults: faults.clear,
    records: (): DeliveryRecord<Message>[] => [...records],
    /** From now on messages wait. */
    hold: (): void => {
      isHeld = true
    },
    heldCount: (): number => held.length,
    /** Lets the waiting messages go, in an order of the caller's choice. */
    release: (order: ReleaseOrder = 'as_happened'): void => {
      isHeld = false
      const tasks = held.splice(0)
      if (order === 'reversed') tasks.reverse()
      if (order === 'shuffled') shuffle(tasks)
      for (const task of tasks) enqueue(task)
    },
    /** Gives up whatever waits to be sent, and holds nothing back any more. */
    clear: (): void => {
      clearings += 1
      isHeld = false
      queue.length = 0
      held.length = 0
      stopTimers()
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
      stopTimers()
      abort.abort()
      for (const waiter of idleWaiters) waiter()
      idleWaiters = []
    },
  }
}
