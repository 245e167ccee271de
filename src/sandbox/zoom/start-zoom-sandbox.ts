import { openRecordStore } from '../shared/record-store'
import { type Sandbox, type SandboxOptions, type SendingOptions, startSandbox } from '../shared/start-sandbox'
import { addUser, type NewUser } from './add-user'
import { handleApiRequest } from './api/handle-api-request'
import { createControl, type ZoomSandboxControl } from './control'
import { actions, views } from './control-api'
import { handleMeetingPage } from './pages/handle-meeting-page'
import { handleStatusPage } from './pages/status-page'
import { tableNames, type ZoomRecords } from './records'
import { createNotifier } from './webhooks/notifier'
import { createWorld } from './world'

export type ZoomSandboxOptions = SandboxOptions &
  SendingOptions & {
    accountId: string
    clientId: string
    clientSecret: string
    /** Where events go; without it they are only recorded. */
    webhookUrl?: string | undefined
    webhookSecret?: string | undefined
    /** Who can be a host; the first one owns the account, and is `me`. */
    users?: readonly NewUser[] | undefined
  }

export type ZoomSandbox = Sandbox<ZoomSandboxControl>

/** Zoom itself tries three times again within two hours. */
const defaultRetryDelays = [500, 2_000, 10_000, 60_000, 300_000]

const defaultUsers: readonly NewUser[] = [
  { email: 'rooms@parley.example', name: 'Parley Rooms' },
  { email: 'consultant@parley.example', name: 'Amara Okafor', timeZone: 'Europe/London' },
]

/**
 * Starts a local Zoom: tokens, meetings, what people do in them, signed webhooks, and knobs for everything that can go wrong.
 * As strict as Zoom: what it does not know it refuses.
 * @throws Error when the port is in use or the state file is not readable.
 */
export const startZoomSandbox = async (options: ZoomSandboxOptions): Promise<ZoomSandbox> => {
  const { accountId, clientId, clientSecret, webhookUrl, webhookSecret, users = defaultUsers } = options
  if (![accountId, clientId, clientSecret].every((value) => value.trim())) {
    throw new Error('The Zoom sandbox needs an account id, a client id and its secret.')
  }
  if (webhookUrl && !webhookSecret?.trim()) throw new Error('The Zoom sandbox needs a webhook secret.')
  const open = () => openRecordStore<ZoomRecords>({ name: 'Zoom', names: tableNames, file: options.stateFile })
  return startSandbox({ ...options, name: 'Zoom', open }, ({ store, url, signal, writeLater }) => {
    const world = createWorld({ store, url, app: { accountId, clientId, clientSecret } })
    const notifier = createNotifier(world, {
      endpoint: webhookUrl && webhookSecret ? { url: webhookUrl, secret: webhookSecret } : undefined,
      retryDelays: options.retryDelays ?? defaultRetryDelays,
      timeout: 3_000,
      writeLater,
    })
    world.onEvent = notifier.happened
    for (const user of users) addUser(world, user)
    const control = createControl({ world, notifier, writeLater })
    const meetingPage = (request: Request) => handleMeetingPage(world, request)
    return {
      control,
      actions,
      views,
      pages: [
        { path: '/', handle: () => handleStatusPage(control) },
        { path: '/j/:id', takesForms: true, handle: meetingPage },
        { path: '/s/:id', takesForms: true, handle: meetingPage },
      ],
      api: (request) => handleApiRequest(world, request, signal),
      toError: (status, message) => Response.json({ code: status, message }, { status }),
      begin: notifier.resume,
      close: notifier.close,
    }
  })
}
