import { callGoogle } from './call-google'
import { GoogleError, toGoogleError } from './google-error'

/** How long one answer is waited for, milliseconds. */
export const googleTimeoutMs = 15_000

/**
 * One call to Google outside of the Calendar API's client. The body is read as JSON.
 * @throws GoogleError for everything but a success; its cause is left out, because it could hold a token.
 */
export const googleFetch = (
  operation: string,
  url: string,
  init: RequestInit,
  timeoutMs = googleTimeoutMs,
): Promise<unknown> => callGoogle({ operation }, () => fetchJson(operation, url, init, timeoutMs))

const fetchJson = async (operation: string, url: string, init: RequestInit, timeoutMs: number): Promise<unknown> => {
  let response: Response
  let body: unknown
  try {
    response = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) })
    const text = await response.text()
    body = text && /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : undefined
  } catch {
    throw new GoogleError(operation, { outcome: 'unknown' })
  }
  if (!response.ok) throw toGoogleError(operation, response, body)
  return body
}
