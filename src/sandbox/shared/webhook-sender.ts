import { createDeliveryQueue, type DeliveryOutcome, type DeliveryRecord } from './delivery-queue'

/** Where events go, and how often that is tried. */
export type EndpointOptions<Endpoint> = {
  endpoint: Endpoint | undefined
  /** Pauses before the second, third … attempt, ms. */
  retryDelays: readonly number[]
  /** How long the endpoint may take to answer, ms. */
  timeout: number
  /** Writes down what became of an attempt. */
  writeLater: () => Promise<void>
}

type ProviderOptions<Event, Endpoint> = {
  /** The name of the event. */
  topicOf: (event: Event) => string
  /** Before each attempt: what is in its way, or null. */
  prepare?: () => Promise<string | null>
  /** Makes and signs the request anew for each attempt. `timestamp`: epoch seconds to sign with. */
  toInit: (event: Event, endpoint: Endpoint, timestamp: number) => { body: string; headers: Record<string, string> }
  /** Whether another attempt may help after an answer that is none of the 2xx (null: no answer). */
  isWorthRepeating: (status: number | null) => boolean
  /** A new event has somebody to be told to. */
  onPending: (event: Event) => void
  onSettled: (event: Event, outcome: DeliveryOutcome) => void
  onAttempt?: (record: DeliveryRecord<Event>) => void
  /** What had not arrived when the sandbox was stopped. */
  pending: () => Iterable<Event>
}

export type WebhookSender<Event, Endpoint extends { url: string }> = ReturnType<
  typeof createWebhookSender<Event, Endpoint>
>

/** Brings events to one endpoint: at least once, signed anew each time, again after a failure. */
export const createWebhookSender = <Event, Endpoint extends { url: string }>(
  options: ProviderOptions<Event, Endpoint> & EndpointOptions<Endpoint>,
) => {
  let { endpoint } = options
  let signatureAge = 0
  const queue = createDeliveryQueue<Event>({
    ...options,
    toRequest: (event) => {
      if (!endpoint) return undefined
      // By the real clock: the receiver compares with its own.
      const timestamp = Math.floor(Date.now() / 1000) - signatureAge
      return { url: endpoint.url, init: options.toInit(event, endpoint, timestamp) }
    },
    isDelivered: (status) => status >= 200 && status < 300,
    onAttempt: (record) => {
      options.onAttempt?.(record)
      return options.writeLater()
    },
  })

  return {
    ...queue,
    /** A new event. */
    happened: (event: Event): void => {
      if (!endpoint) return
      options.onPending(event)
      queue.send(event)
    },
    /** Sends whatever had not arrived when the sandbox was stopped. */
    resume: (): void => {
      for (const event of options.pending()) queue.sendAgain(event)
    },
    endpoint: (): Endpoint | undefined => endpoint,
    setEndpoint: (next: Endpoint | undefined): void => {
      endpoint = next
    },
    /** Makes signatures look so many seconds old. */
    setSignatureAge: (seconds: number): void => {
      signatureAge = seconds
    },
    clear: (): void => {
      signatureAge = 0
      queue.clear()
    },
  }
}
