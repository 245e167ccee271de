import { answerWithFault, type CallFault } from './call-faults'
import type { CallLedger, LedgerEntry } from './call-ledger'
import { SandboxRefusal } from './refusal'

/** One call of an API: it is noted, goes wrong where it was told to, and is on disk before its answer leaves. */
export const answerCall = async <Kind extends string>(
  request: Request,
  call: {
    /** Its name, for example `events.insert`. */
    operation: string
    /** Epoch ms by the sandbox's clock. */
    at: number
    calls: CallLedger
    fault: CallFault<Kind> | undefined
    /** Synchronous, so nothing can come between what it reads and what it writes. @throws SandboxRefusal */
    carryOut: (entry: LedgerEntry) => Response
    /** The answer of an error of the API itself. */
    refuse: (kind: Kind, fault: CallFault<Kind>) => Response
    flush: () => Promise<void>
    /** Aborted when the sandbox closes. */
    signal: AbortSignal
  },
): Promise<Response> => {
  const { operation, at, fault } = call
  const { pathname: path } = new URL(request.url)
  const entry = call.calls.open({ at, method: request.method, path, operation, fault: fault?.kind ?? null })
  const carryOut = (): Response => {
    try {
      return call.carryOut(entry)
    } catch (error) {
      if (error instanceof SandboxRefusal) return error.toResponse()
      throw error
    }
  }
  const answer = await answerWithFault(fault, {
    carryOut: async () => {
      const response = carryOut()
      await call.flush()
      return response
    },
    refuse: call.refuse,
    signal: call.signal,
  })
  // A broken connection shows as a body that fails, under a status that nobody sees.
  if (fault === undefined || !['disconnect', 'hang'].includes(fault.kind)) entry.status = answer.status
  return answer
}
