import { createCallLedger } from '../shared/call-ledger'
import { createFaultList } from '../shared/fault-list'
import { type Sandbox, type SandboxOptions, startSandbox } from '../shared/start-sandbox'
import { actions, createControl, type ResendSandboxControl, views } from './control'
import { handleApiRequest } from './handle-api-request'
import { createCallWindow } from './call-window'
import { inboxOf } from './inbox'
import { openMailStore } from './mail-store'
import type { World } from './world'

/** `url` is for `RESEND_BASE_URL`; opened in a browser it is the inbox. */
export type ResendSandbox = Sandbox<ResendSandboxControl>

/** Resend takes 40 MB of attachments a mail; the rest of it comes on top. */
const longestBody = 50 * 1024 * 1024

/**
 * Starts a Resend of our own on this machine: nothing is sent, everything is shown. Strict: what it does not know it refuses.
 * @param options.apiKey only this key opens it; without it, every key that looks like one of Resend's.
 * @param options.perSecond so many calls are taken within a second, as Resend does (2 where nothing else was agreed); 0: any number.
 * @param options.keptEmails so many mails are kept, the newest; 1,000 by default.
 * @throws Error when the port is in use or the state file is not readable.
 */
export const startResendSandbox = async ({
  host = '127.0.0.1',
  apiKey,
  stateFile,
  perSecond = 0,
  keptEmails,
  ...options
}: SandboxOptions & {
  apiKey?: string | undefined
  perSecond?: number
  keptEmails?: number | undefined
}): Promise<ResendSandbox> => {
  const open = () => openMailStore(stateFile, keptEmails)
  const sandbox = await startSandbox({ ...options, host, name: 'Resend', longestBody, open }, ({ store, signal }) => {
    const window = createCallWindow(perSecond)
    const world: World = { store, faults: createFaultList(), calls: createCallLedger(), apiKey, window }
    return {
      control: createControl(world),
      actions,
      views,
      pages: inboxOf(world),
      api: (request) => handleApiRequest(world, request, signal),
      toError: (status, message) =>
        Response.json({ statusCode: status, name: 'application_error', message }, { status }),
      close: () => undefined,
    }
  })
  return { ...sandbox, url: options.publicUrl ?? `http://${host}:${sandbox.port}` }
}
