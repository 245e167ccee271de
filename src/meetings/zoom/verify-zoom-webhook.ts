import { createHmac } from 'node:crypto'
import { isSameSecret } from '#shared/ids'

/** How old a delivery may be, in seconds. */
const tolerance = 300

const sign = (secret: string, text: string): string => createHmac('sha256', secret).update(text).digest('hex')

/**
 * Whether a delivery was signed with the secret of the app within the last five minutes.
 * @param delivery.rawBody the body as it came. @param delivery.now epoch ms.
 */
export const isFromZoom = ({
  rawBody,
  signature,
  timestamp,
  secret,
  now,
}: {
  rawBody: string
  signature: string | null
  timestamp: string | null
  secret: string
  now: number
}): boolean => {
  if (!signature || !timestamp || !/^\d{1,13}$/.test(timestamp)) return false
  if (Math.abs(now / 1000 - Number(timestamp)) > tolerance) return false
  return isSameSecret(signature, `v0=${sign(secret, `v0:${timestamp}:${rawBody}`)}`)
}

/** The answer to Zoom's question whether the address is ours. */
export const answerUrlValidation = (plainToken: string, secret: string) => ({
  plainToken,
  encryptedToken: sign(secret, plainToken),
})
