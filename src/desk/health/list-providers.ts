import { calendarProviders } from '#calendar/calendar-providers'
import { isConnected, meetingProviders } from '#meetings/meeting-providers'
import { messageChannels } from '#notifications/channels/message-channels'
import { settings } from '#settings'
import { inEnglish } from '#shared/words'

/** What providers are asked for. */
export const providerKinds = {
  payments: 'Payments',
  messages: 'Messages',
  calendars: 'Calendars',
  rooms: 'Meeting rooms',
  files: 'Files',
  extensions: 'Extensions',
} as const satisfies Record<string, string>

export type ProviderKind = keyof typeof providerKinds

/** Somebody or something that the installation relies on, as people know it. */
export type ProviderEntry = {
  /** As stuck work names it. */
  name: string
  /** As calls to it are noted. */
  calledAs: string
  label: string
  kind: ProviderKind
  /** Nobody else is called: it works as long as Parley does. */
  isOwn: boolean
  /** The settings that it lacks; null: it can be used. What an extension lacks only the extension knows. */
  missing: readonly string[] | null
}

const unless = (isSet: unknown, ...names: string[]): readonly string[] | null => (isSet ? null : names)

const ours = (): ProviderEntry[] => {
  const { stripe, resend, google, zoom, s3 } = settings
  const isOwn = false
  return [
    {
      ...{ name: 'stripe', calledAs: 'stripe', label: 'Stripe', kind: 'payments', isOwn },
      missing: unless(stripe.secretKey, 'STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'),
    },
    {
      ...{ name: 'resend', calledAs: 'resend', label: 'Resend', kind: 'messages', isOwn },
      missing: unless(resend.apiKey, 'RESEND_API_KEY'),
    },
    {
      ...{ name: 'google', calledAs: 'google', label: 'Google Calendar', kind: 'calendars', isOwn },
      missing: unless(google.clientId, 'GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'),
    },
    {
      ...{ name: 'zoom', calledAs: 'zoom', label: 'Zoom', kind: 'rooms', isOwn },
      missing: unless(zoom, 'ZOOM_ACCOUNT_ID', 'ZOOM_CLIENT_ID', 'ZOOM_CLIENT_SECRET', 'ZOOM_WEBHOOK_SECRET'),
    },
    ...(s3 ? [{ name: 's3', calledAs: 's3', label: 'S3', kind: 'files', isOwn, missing: null } as const] : []),
  ]
}

/** Everything that messages, calendars, rooms and money go by here, with what an installation has added. */
export const listProviders = (): ProviderEntry[] => {
  const known = ours()
  const add = (entry: ProviderEntry) => {
    if (!known.some(({ name }) => name === entry.name)) known.push(entry)
  }
  for (const [name, { label }] of messageChannels.entries()) {
    // Mails are Resend's.
    if (name === 'email') continue
    add({
      name,
      calledAs: `channel:${name}`,
      label: inEnglish(label),
      kind: 'messages',
      isOwn: name === 'in-app',
      missing: null,
    })
  }
  for (const [name, { label }] of calendarProviders.entries()) {
    const calledAs = name === 'ics' ? 'feeds' : `calendar:${name}`
    add({ name, calledAs, label: inEnglish(label), kind: 'calendars', isOwn: false, missing: null })
  }
  for (const [name, provider] of meetingProviders.entries()) {
    const isRemote = provider.room === 'remote'
    const missing = isRemote && !isConnected(provider) ? [] : null
    add({ name, calledAs: `room:${name}`, label: inEnglish(provider.label), kind: 'rooms', isOwn: !isRemote, missing })
  }
  add({
    ...{ name: 'extensions', calledAs: 'extensions', label: 'Followers of events', kind: 'extensions' },
    ...{ isOwn: true, missing: null },
  })
  return known
}

/** How people call a provider. */
export const providerLabel = (name: string): string => listProviders().find((one) => one.name === name)?.label ?? name
