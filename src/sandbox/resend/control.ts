import { type Action, actionsOf, type Views } from '../shared/control-actions'
import { nothing } from '../shared/common-actions'
import { callControl } from '../shared/common-control'
import { mailFault, type MailFault } from './faults'
import { bareAddress } from './parse-email'
import type { StoredEmail } from './sandbox-state'
import type { World } from './world'

export type ResendSandboxControl = ReturnType<typeof createControl>

/** Where mails go, whoever of to, cc and bcc it is. */
export const emailsTo = (emails: readonly StoredEmail[], to: string | undefined): StoredEmail[] =>
  emails.filter((email) =>
    to ? [...email.to, ...email.cc, ...email.bcc].some((one) => bareAddress(one) === to.trim().toLowerCase()) : true,
  )

/** The knobs of the sandbox for tests and for its own pages. */
export const createControl = ({ store, faults, calls }: World) => {
  const { calls: callsOf, forgetCalls } = callControl({ faults, calls })
  return {
    /** What was accepted, oldest first; `to` looks at to, cc and bcc. */
    emails: (to?: string): StoredEmail[] => emailsTo(store.state.emails, to),
    /** The next mail that fits fails so. */
    fail: (fault: MailFault): void => faults.add(fault),
    clearFaults: (): void => faults.clear(),
    /** Forgets mails, keys and faults. */
    clear: async (): Promise<void> => {
      store.clear()
      faults.clear()
      await store.flush()
    },
    calls: callsOf,
    forgetCalls,
  }
}

const action = actionsOf<ResendSandboxControl>()

/** `POST /_sandbox/…`: turns a knob. */
export const actions: readonly Action<ResendSandboxControl>[] = [
  action('clear', nothing, (control) => control.clear()),
  action('faults', mailFault, (control, fault) => control.fail(fault)),
]

/** `GET /_sandbox/{emails,latest}?to=…`: the mails, and the id of the newest one. `GET /_sandbox/calls`: the calls of the API. */
export const views: Views<ResendSandboxControl> = {
  emails: (control, query) => control.emails(query.get('to') ?? undefined),
  latest: (control, query) => ({ id: control.emails(query.get('to') ?? undefined).at(-1)?.id ?? null }),
  calls: (control) => ({ calls: control.calls() }),
}
