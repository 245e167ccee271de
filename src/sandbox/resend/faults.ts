import { z } from 'zod'

/**
 * What goes wrong with the next mail that fits:
 * - `server_error`: 500, nothing is done
 * - `rate_limit`: 429 with `retry-after: 1`, nothing is done
 * - `quota`: 429 for the day's quota, nothing is done
 * - `concurrent`: 409, as when the same key is being worked on elsewhere
 * - `refuse`: 422, as for an address that Resend does not take
 * - `disconnect`: the connection breaks before anything is done
 * - `lose`: the mail is accepted, but the connection breaks before the answer
 * - `hang`: the mail is accepted, but never answered
 */
export const mailFaultKinds = [
  'server_error',
  'rate_limit',
  'quota',
  'concurrent',
  'refuse',
  'disconnect',
  'lose',
  'hang',
] as const

export const mailFault = z.strictObject({
  kind: z.enum(mailFaultKinds),
  /** Only mails to this address; without it every mail fits. */
  to: z.string().optional(),
  /** How many mails, default 1. */
  times: z.int().min(1).optional(),
})

export type MailFault = z.infer<typeof mailFault>

export type Faults = ReturnType<typeof createFaults>

/** The knobs that tests and the demo turn; each is used up by what it applies to. */
export const createFaults = () => {
  const waiting: MailFault[] = []
  return {
    add: (fault: MailFault): void => void waiting.push(fault),
    take: (to: readonly string[]): MailFault | undefined => {
      const index = waiting.findIndex((fault) => fault.to === undefined || to.includes(fault.to))
      const fault = waiting[index]
      if (!fault) return undefined
      const left = (fault.times ?? 1) - 1
      if (left > 0) waiting[index] = { ...fault, times: left }
      else waiting.splice(index, 1)
      return fault
    },
    clear: (): void => void waiting.splice(0),
  }
}
