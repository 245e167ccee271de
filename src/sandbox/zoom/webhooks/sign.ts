import { createHmac } from 'node:crypto'

const hmac = (secret: string, text: string): string => createHmac('sha256', secret).update(text).digest('hex')

/** `x-zm-signature` of a body; `timestamp` in epoch seconds. */
export const signWebhook = (secret: string, timestamp: number, body: string): string =>
  `v0=${hmac(secret, `v0:${timestamp}:${body}`)}`

/** What an endpoint has to answer to a token, to prove that it knows the secret. */
export const encryptToken = (secret: string, plainToken: string): string => hmac(secret, plainToken)
