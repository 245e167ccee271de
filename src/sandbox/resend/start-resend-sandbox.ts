import { createEmulator } from 'emulate'
import { createFaults, type MailFault } from './faults'
import { openJournal } from './journal'
import { defineResendEmulator, emailsTo } from './resend-emulator'
import { createSandboxState, type StoredEmail } from './sandbox-state'

export type ResendSandbox = {
  /** For `RESEND_BASE_URL`; opened in a browser it is the inbox. Without a slash at the end. */
  url: string
  close: () => Promise<void>
  control: {
    /** What was accepted, oldest first; `to` looks at to, cc and bcc. */
    emails: (to?: string) => StoredEmail[]
    /** The next mail that fits fails so. */
    fail: (fault: MailFault) => void
    /** Forgets mails, keys and faults. */
    clear: () => Promise<void>
  }
}

/**
 * Starts a Resend of our own on this machine: nothing is sent, everything is shown.
 * @param options.port 0: any free one.
 * @param options.stateFile where the inbox is kept over restarts; without it, it lives as long as the process.
 */
export const startResendSandbox = async ({
  port,
  host = '127.0.0.1',
  apiKey,
  stateFile,
}: {
  port: number
  host?: string
  apiKey?: string
  stateFile?: string
}): Promise<ResendSandbox> => {
  const faults = createFaults()
  const journal = stateFile ? openJournal(stateFile) : null
  const emulator = await createEmulator({
    service: defineResendEmulator({ faults, journal, apiKey }),
    seed: journal?.load() ?? createSandboxState(),
    port,
    hostname: host,
    shutdownTimeout: 1_000,
  })
  return {
    url: `http://${host}:${new URL(emulator.url).port}`,
    close: () => emulator.close(),
    control: {
      emails: (to) => emailsTo(emulator.snapshot().state, to),
      fail: (fault) => faults.add(fault),
      clear: async () => {
        await emulator.request('/_sandbox/clear', { method: 'POST' })
      },
    },
  }
}
