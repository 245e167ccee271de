import { z } from 'zod'
import { newToken } from '../world'
import { encryptToken, signWebhook } from './sign'

const answer = z.object({ plainToken: z.string(), encryptedToken: z.string() })

/** Zoom waits so long for the answer to its question. */
const timeout = 3_000

export type Validation = { ok: true } | { ok: false; why: string }

/** Asks an endpoint whether it is the app's: it has to sign a random token. */
export const validateEndpoint = async (url: string, secret: string, signal: AbortSignal): Promise<Validation> => {
  const plainToken = newToken(16)
  const body = JSON.stringify({
    payload: { plainToken },
    event_ts: Date.now(),
    event: 'endpoint.url_validation',
  })
  const timestamp = Math.floor(Date.now() / 1000)
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json; charset=utf-8',
        'x-zm-request-timestamp': String(timestamp),
        'x-zm-signature': signWebhook(secret, timestamp, body),
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
    })
    const text = await response.text()
    if (response.status !== 200) return { ok: false, why: `The endpoint answered ${response.status}.` }
    const read = answer.safeParse(JSON.parse(text))
    if (!read.success) return { ok: false, why: 'The answer has no plainToken and encryptedToken.' }
    if (read.data.plainToken !== plainToken) return { ok: false, why: 'plainToken is another one.' }
    if (read.data.encryptedToken !== encryptToken(secret, plainToken)) {
      return { ok: false, why: 'encryptedToken was made with another secret.' }
    }
    return { ok: true }
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    return { ok: false, why: cause instanceof Error ? cause.message : String(cause) }
  }
}
