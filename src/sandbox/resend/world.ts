import type { CallLedger } from '../shared/call-ledger'
import type { WindowState } from './call-window'
import type { FaultList } from '../shared/fault-list'
import type { MailFault } from './faults'
import type { MailStore } from './mail-store'

/** The sandbox while it runs. One for each running sandbox. */
export type World = {
  store: MailStore
  faults: FaultList<MailFault>
  calls: CallLedger
  /** The only key that is taken; undefined: every one that looks like one of Resend's. */
  apiKey: string | undefined
  /** How often the API may be called; each call asks once. */
  window: (now: number) => WindowState
}
