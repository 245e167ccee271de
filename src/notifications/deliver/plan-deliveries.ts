import { messageChannels } from '../channels/message-channels'
import { type MessageAudience, type MessageKind, messageKindRow } from '../message-kinds'
import type { NotificationChannel } from '../notification-types'

/** One row of `notifications`: the channel that it is sent over, and all that it stands for. */
export type PlannedDelivery = { channel: NotificationChannel; channels: NotificationChannel[] }

const usual: readonly NotificationChannel[] = ['email', 'in-app']

/**
 * The rows that a message to one person takes: one for each channel that sends, so that each has its own state, attempts and lease. The
 * app sends nothing, it shows the first row.
 */
export const planDeliveries = (kind: MessageKind, audience: MessageAudience): PlannedDelivery[] => {
  const { type, category, channels = usual } = messageKindRow(kind)
  const carrying = messageChannels
    .entries()
    .filter(
      ([name, { carries }]) =>
        channels.includes(name) || (type !== null && carries?.({ kind, type, category, audience })),
    )
    .map(([name]) => name)
  const isShown = carrying.includes('in-app')
  const [first, ...further] = carrying.filter((name) => name !== 'in-app')
  if (first === undefined) return isShown ? [{ channel: 'in-app', channels: ['in-app'] }] : []
  return [
    { channel: first, channels: isShown ? [first, 'in-app'] : [first] },
    ...further.map((channel) => ({ channel, channels: [channel] })),
  ]
}
