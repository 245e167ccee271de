import { createHmac } from 'node:crypto'
import type { Payload } from 'payload'
import { settings } from '#settings'
import { inboxOf } from '#shared/inbox-of'
import { countUnconfirmed, isAboutPaidSession } from './unconfirmed-queries'

/** Messages to one inbox that nobody has confirmed: whoever types a stranger's address fills it with no more. */
export const unconfirmedLimits = { perHour: 10, perDay: 30 } as const

const inboxKey = (address: string): string =>
  createHmac('sha256', settings.payloadSecret)
    .update(`inbox:${inboxOf(address)}`)
    .digest('base64url')
    .slice(0, 22)

/**
 * Whether a message may go to an address that is not known to be its reader's. What is about a session that was paid for always may: nobody fills an inbox at
 * that price, and nobody should miss a receipt. The others are counted by all processes together, and durably: it is for the
 * sake of others. So no factor raises it; where limits are off altogether (`RATE_LIMIT_FACTOR` is 0) it is as well.
 */
export const maySendUnconfirmed = async (
  payload: Payload,
  { notificationId, address }: { notificationId: string; address: string },
): Promise<boolean> =>
  settings.rateLimitFactor === 0 ||
  (await isAboutPaidSession(payload, notificationId)) ||
  countUnconfirmed(payload, { notificationId, inbox: inboxKey(address), ...unconfirmedLimits })
