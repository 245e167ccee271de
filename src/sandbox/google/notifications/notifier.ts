import { randomInt } from 'node:crypto'
import { createDeliveryQueue } from '../../shared/delivery-queue'
import type { StoredChannel } from '../records'
import { nowOf, type World } from '../world'

export type Notification = { channel: StoredChannel; state: 'sync' | 'exists'; messageNumber: number }

const headersOf = ({ channel, state, messageNumber }: Notification): Record<string, string> => ({
  'Content-Type': 'application/json; utf-8',
  'User-Agent': 'APIs-Google; (+https://developers.google.com/webmasters/APIs-Google.html)',
  'X-Goog-Channel-ID': channel.id,
  'X-Goog-Channel-Expiration': new Date(channel.expiresAt).toUTCString(),
  'X-Goog-Message-Number': String(messageNumber),
  'X-Goog-Resource-ID': channel.resourceId,
  'X-Goog-Resource-State': state,
  'X-Goog-Resource-URI': channel.resourceUri,
  ...(channel.token === null ? {} : { 'X-Goog-Channel-Token': channel.token }),
})

export type Notifier = ReturnType<typeof createNotifier>

/**
 * Tells the channels that their calendar changed, and nothing more: who listens asks what. Numbers of messages grow, but
 * jump. What was on its way when the sandbox was stopped is lost, as it may be at Google.
 */
export const createNotifier = (world: World, options: { retryDelays: readonly number[]; timeout: number }) => {
  const queue = createDeliveryQueue<Notification>({
    topicOf: ({ channel }) => channel.id,
    toRequest: (notification) =>
      // A channel that was stopped or has expired meanwhile says nothing any more.
      world.tables.channels.get(notification.channel.id) && notification.channel.expiresAt > nowOf(world)
        ? { url: notification.channel.address, init: { headers: headersOf(notification) } }
        : undefined,
    isDelivered: (status) => [200, 201, 202, 204].includes(status),
    isWorthRepeating: (status) => status !== null && [500, 502, 503, 504].includes(status),
    ...options,
  })

  const send = (channel: StoredChannel, state: Notification['state'], messageNumber: number): void => {
    const numbered = { ...channel, messageNumber }
    world.tables.channels.put(channel.id, numbered)
    queue.send({ channel: numbered, state, messageNumber })
  }

  return {
    ...queue,
    opened: (channel: StoredChannel): void => send(channel, 'sync', 1),
    changed: (calendarId: string): void => {
      for (const channel of [...world.tables.channels.values()]) {
        if (channel.calendarId !== calendarId || channel.expiresAt <= nowOf(world)) continue
        send(channel, 'exists', channel.messageNumber + randomInt(1, 1000))
      }
    },
  }
}
