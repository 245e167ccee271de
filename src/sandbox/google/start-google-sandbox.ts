import { openRecordStore } from '../shared/record-store'
import { type Sandbox, type SandboxOptions, type SendingOptions, startSandbox } from '../shared/start-sandbox'
import { handleApiRequest } from './api/handle-api-request'
import { addAccount, addCalendar, type Person } from './calendars/add-calendar'
import { createControl, type GoogleSandboxControl } from './control'
import { actions, views } from './control-api'
import { createNotifier } from './notifications/notifier'
import { handleConsent } from './pages/handle-consent'
import { handleStatusPage } from './pages/status-page'
import { type GoogleRecords, tableNames } from './records'
import { createWorld } from './world'

export type GoogleSandboxOptions = SandboxOptions &
  SendingOptions & {
    clientId: string
    clientSecret: string
    /** Where the consent page may lead back to; without it anywhere on this machine or with HTTPS. */
    redirectUris?: readonly string[] | undefined
    /** Who can be chosen on the consent page. Each has a primary calendar and one more, “Private”. */
    people?: readonly Person[] | undefined
  }

export type GoogleSandbox = Sandbox<GoogleSandboxControl>

const defaultRetryDelays = [500, 2_000, 5_000, 15_000, 60_000]

const defaultPeople: readonly Person[] = [
  { email: 'consultant@parley.example', name: 'Amara Okafor', timeZone: 'Europe/London' },
  { email: 'lena.vogel@parley.example', name: 'Lena Vogel', timeZone: 'Europe/Vienna' },
  { email: 'sam.rivera@parley.example', name: 'Sam Rivera', timeZone: 'America/Chicago' },
]

/**
 * Starts a local Google: consent and tokens, the Calendar API as `@googleapis/calendar` calls it, push notifications, and knobs for
 * everything that people do and that can go wrong. As strict as Google: what it does not know it refuses.
 * @throws Error when the port is in use or the state file is not readable.
 */
export const startGoogleSandbox = async (options: GoogleSandboxOptions): Promise<GoogleSandbox> => {
  const { clientId, clientSecret, people = defaultPeople } = options
  if (!clientId.trim() || !clientSecret.trim()) throw new Error('The Google sandbox needs a client id and its secret.')
  const open = () => openRecordStore<GoogleRecords>({ name: 'Google', names: tableNames, file: options.stateFile })
  return startSandbox({ ...options, name: 'Google', open }, ({ store, url, signal, writeLater }) => {
    const client = { id: clientId, secret: clientSecret, redirectUris: options.redirectUris }
    const world = createWorld({ store, url, client })
    const notifier = createNotifier(world, { retryDelays: options.retryDelays ?? defaultRetryDelays, timeout: 20_000 })
    world.onChange = notifier.changed
    world.onChannel = notifier.opened
    for (const person of people) {
      if (world.tables.accounts.get(person.email)) continue
      addAccount(world, person)
      addCalendar(world, { owner: person.email, summary: 'Private' })
    }
    const control = createControl({ world, notifier, writeLater })
    return {
      control,
      actions,
      views,
      pages: [
        { path: '/', handle: () => handleStatusPage(control) },
        { path: '/o/oauth2/v2/auth', takesForms: true, handle: (request) => handleConsent(world, request) },
      ],
      api: (request) => handleApiRequest(world, request, signal),
      toError: (status, message) => Response.json({ error: { code: status, message, errors: [] } }, { status }),
      close: notifier.close,
    }
  })
}
