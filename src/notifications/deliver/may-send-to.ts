import { createHmac } from 'node:crypto'
import type { Payload } from 'payload'
import { settings } from '#settings'
import { inboxOf } from '#shared/inbox-of'
import { countUnconfirmed } from './unconfirmed-queries'

/** Messages to one inbox that nobody has confirmed: whoever types a stranger's address fills it with no more. */
const unconfirmedLimits = { perHour: 5, perDay: 20 } as const

const inboxKey = (address: string): string =>
  createHmac('sha256', settings.payloadSecret)
    .update(`inbox:${inboxOf(address)}`)
    .digest('base64url')
    .slice(0, 22)

/**
 * Whether a message may go to an address that is not known to be its reader's. Counted by all processes together, and durably: it is for the
 * sake of others. `RATE_LIMIT_FACTOR` multiplies the bounds, and 0 switches them off.
 */
export const maySendUnconfirmed = async (
  payload: Payload,
  { notificationId, address }: { notificationId: string; address: string },
): Promise<boolean> => {
  const { rateLimitFactor } = settings
  if (rateLimitFactor === 0) return true
  const most = (points: number): number => Math.max(1, Math.round(points * rateLimitFactor))
  const { perHour, perDay } = unconfirmedLimits
  return countUnconfirmed(payload, {
    notificationId,
    inbox: inboxKey(address),
    perHour: most(perHour),
    perDay: most(perDay),
  })
}
