import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'

/** Each answer by its status, `none` where the connection ended; with the texts of those that should not be. */
export type Answers = { byStatus: Record<string, number>; faults: string[]; slowestMs: number }

type Answer = {
  session: { reference: string; status: string; id: string }
  manageToken: string
  payment: { checkoutUrl: string } | null
  /** Of a hold. */
  token: string
}

type Asked = { status: number; json: Record<string, never> & Partial<Answer> }

export type BookingClient = {
  answers: Answers
  /**
   * Asks until it is answered well, with the same key as a client should.
   * @throws RefusedRequest of a status from 400 to 499; Error when it takes too long.
   */
  ask: (method: 'GET' | 'POST', path: string, body?: unknown, token?: string) => Promise<Asked['json']>
}

/** What was asked for is refused. */
export class RefusedRequest extends Error {
  override readonly name = 'RefusedRequest'
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message)
  }
}

const patienceMs = 180_000

/**
 * Somebody who books over all web processes in turn.
 * @param options.mayFail statuses of 500 and more, besides 503, that are no faults of Parley: 502 where a provider does not answer.
 */
export const createBookingClient = (
  urls: readonly string[],
  { mayFail = [] }: { mayFail?: readonly number[] } = {},
): BookingClient => {
  const answers: Answers = { byStatus: {}, faults: [], slowestMs: 0 }
  let requests = 0

  const askOnce = async (method: string, path: string, init: RequestInit): Promise<Asked | undefined> => {
    const url = urls[requests++ % urls.length] ?? ''
    const startedAt = Date.now()
    try {
      const answer = await fetch(`${url}/api${path}`, { method, ...init, signal: AbortSignal.timeout(60_000) })
      const text = await answer.text()
      answers.byStatus[answer.status] = (answers.byStatus[answer.status] ?? 0) + 1
      if (answer.status >= 500 && ![503, ...mayFail].includes(answer.status))
        answers.faults.push(`${method} ${path}: ${text}`)
      answers.slowestMs = Math.max(answers.slowestMs, Date.now() - startedAt)
      return { status: answer.status, json: JSON.parse(text) as Asked['json'] }
    } catch {
      answers.byStatus.none = (answers.byStatus.none ?? 0) + 1
      return undefined
    }
  }

  return {
    answers,
    ask: async (method, path, body, token) => {
      const headers = {
        'Content-Type': 'application/json',
        ...(method === 'POST' ? { 'Idempotency-Key': randomUUID() } : {}),
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
      }
      const before: string[] = []
      let last = ''
      for (const deadline = Date.now() + patienceMs; ; await delay(200)) {
        const answer = await askOnce(method, path, {
          headers,
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        })
        if (answer && answer.status < 400) return answer.json
        if (answer && answer.status < 500) {
          const asked = `${method} ${path} ${JSON.stringify(body)}, answered before with [${before.join(', ')}]`
          throw new RefusedRequest(answer.status, `${asked}: ${answer.status} ${JSON.stringify(answer.json)}`)
        }
        before.push(String(answer?.status ?? 'nothing'))
        if (answer) last = JSON.stringify(answer.json)
        if (Date.now() > deadline) {
          throw new Error(`${method} ${path} was not answered well in time: [${before.join(', ')}], last with ${last}`)
        }
      }
    },
  }
}
