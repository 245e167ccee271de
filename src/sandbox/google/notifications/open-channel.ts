import { createHash } from 'node:crypto'
import type { calendar_v3 } from '@googleapis/calendar'
import { z } from 'zod'
import type { StoredCalendar, StoredChannel } from '../records'
import { invalid, notFound, required } from '../refusal'
import { nowOf, type World } from '../world'

const dayMs = 86_400_000
/** What a channel that does not ask for another time is good for. */
const defaultLifetime = 7 * dayMs
/** Longer is cut without a word. */
const longestLifetime = 30 * dayMs

/** A number that JSON's clients write as text. */
const numeral = z.union([z.string().regex(/^\d{1,15}$/, 'not a number'), z.int().min(0)]).transform(Number)

export const channelInput = z.strictObject({
  id: z.string().optional(),
  token: z.string().max(256).optional(),
  type: z.string().optional(),
  address: z.string().optional(),
  expiration: numeral.optional(),
  params: z.strictObject({ ttl: numeral.optional() }).optional(),
  payload: z.boolean().optional(),
  kind: z.literal('api#channel').optional(),
  resourceId: z.string().optional(),
  resourceUri: z.string().optional(),
})

/** Google insists on HTTPS. Here the machine itself may be reached without. */
const assertAddress = (address: string | undefined): string => {
  if (!address) throw required('Missing channel address.', { domain: 'push' })
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (!url) throw invalid(`Invalid WebHook callback: ${address}`, { domain: 'push' })
  const isLocal = url.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  if (url.protocol !== 'https:' && !isLocal) {
    throw invalid(`WebHook callback must be HTTPS: ${address}`, { domain: 'push', reason: 'push.webhookUrlNotHttps' })
  }
  return address
}

const presentChannel = (channel: StoredChannel): calendar_v3.Schema$Channel => ({
  kind: 'api#channel',
  id: channel.id,
  resourceId: channel.resourceId,
  resourceUri: channel.resourceUri,
  ...(channel.token === null ? {} : { token: channel.token }),
  expiration: String(channel.expiresAt),
})

/**
 * Opens a channel about the events of a calendar; its first message says so.
 * @throws Refusal
 */
export const openChannel = (
  world: World,
  { email, calendar, input }: { email: string; calendar: StoredCalendar; input: z.output<typeof channelInput> },
): calendar_v3.Schema$Channel => {
  const { id, type } = input
  if (!id) throw required('Missing channel id.', { domain: 'push' })
  if (!/^[\w\-+/=]{1,64}$/.test(id))
    throw invalid('Invalid channel id.', { domain: 'push', reason: 'channelIdInvalid' })
  if (type !== 'web_hook' && type !== 'webhook')
    throw invalid('Unknown channel type.', { domain: 'push', reason: 'channelUnknown' })
  const address = assertAddress(input.address)
  const usedKey = `channel/${id}`
  if (world.tables.settings.get(usedKey)) {
    throw invalid(`Channel id ${id} not unique`, { domain: 'push', reason: 'channelIdNotUnique' })
  }
  const now = nowOf(world)
  const wanted = input.params?.ttl === undefined ? input.expiration : now + input.params.ttl * 1000
  if (wanted !== undefined && wanted <= now) throw invalid('Invalid channel expiration.', { domain: 'push' })
  const channel: StoredChannel = {
    id,
    email,
    calendarId: calendar.id,
    resourceId: createHash('sha256').update(`${email}\n${calendar.id}`).digest('base64url').slice(0, 27),
    resourceUri: `${world.url}/calendar/v3/calendars/${encodeURIComponent(calendar.id)}/events?alt=json`,
    address,
    token: input.token ?? null,
    expiresAt: Math.floor(Math.min(wanted ?? now + defaultLifetime, now + longestLifetime) / 1000) * 1000,
    messageNumber: 0,
  }
  // An id is never free again, also when its channel has ended.
  world.tables.settings.put(usedKey, { value: now })
  world.tables.channels.put(id, channel)
  world.onChannel(channel)
  return presentChannel(channel)
}

/** @throws Refusal 404 when the caller has no such channel. */
export const closeChannel = (
  world: World,
  { email, id, resourceId }: { email: string; id: string | undefined; resourceId: string | undefined },
): void => {
  if (!id) throw required('Missing channel id.', { domain: 'push' })
  if (!resourceId) throw required('Missing resource id.', { domain: 'push' })
  const channel = world.tables.channels.get(id)
  if (channel?.email !== email || channel.resourceId !== resourceId) {
    throw notFound(`Channel '${id}' not found for project '${world.client.id}'`)
  }
  world.tables.channels.delete(id)
}
