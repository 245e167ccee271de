'use client'

/** A refusal of the API, in the words that it has for people. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal'
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** `detail` of a problem document, or the first message of Payload's own answers. */
const refusalText = (body: unknown, status: number): string => {
  if (isRecord(body)) {
    if (typeof body.detail === 'string') return body.detail
    const first: unknown = Array.isArray(body.errors) ? body.errors[0] : undefined
    if (isRecord(first) && typeof first.message === 'string') return first.message
  }
  return `The server answered with status ${status}.`
}

const read = async (response: Response): Promise<unknown> => {
  const body: unknown = await response.json().catch(() => undefined)
  if (!response.ok) throw new ApiRefusal(refusalText(body, response.status))
  return body
}

/** @throws ApiRefusal; TypeError when the server cannot be reached. */
export const getJson = async (path: string, signal?: AbortSignal): Promise<unknown> =>
  read(await fetch(path, { credentials: 'include', ...(signal ? { signal } : {}) }))

/** `crypto.randomUUID` exists on https and localhost only; an admin may be opened over a plain address as well. */
const createKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')

/** Commands whose answer got lost, by what they ask for: asked again they get the same key, so nothing happens twice. */
const unanswered = new Map<string, string>()

/**
 * Sends a command with an `Idempotency-Key`.
 * @throws ApiRefusal; TypeError when no answer came, and then the same command can safely be sent again.
 */
export const sendCommand = async (path: string, body: Record<string, unknown> = {}): Promise<unknown> => {
  const content = JSON.stringify(body)
  const command = `${path} ${content}`
  const key = unanswered.get(command) ?? createKey()
  unanswered.set(command, key)
  const response = await fetch(path, {
    method: 'POST',
    credentials: 'include',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
    body: content,
  })
  unanswered.delete(command)
  return read(response)
}

/** What to say about an error to whoever pressed the button. */
export const explain = (error: unknown): string =>
  error instanceof ApiRefusal ? error.message : 'No answer came from the server. Try again.'
