import { brokenConnection } from './broken-connection'
import { createFaultList } from './fault-list'
import { wait } from './wait'

/**
 * What goes wrong with the next call that fits, whoever's API it is:
 * - `disconnect`: the connection breaks without an answer
 * - `hang`: there is no answer
 * - `delay`: the answer comes `delayMs` later, or once `until` has come
 * - `html`: 502 with a page of HTML, as a proxy in between writes it
 */
export const transportFaultKinds = ['disconnect', 'hang', 'delay', 'html'] as const

type TransportFaultKind = (typeof transportFaultKinds)[number]

export type CallFault<Kind extends string> = {
  /** One of the transport's, or the name of an error that the API itself would answer with. */
  kind: Kind | TransportFaultKind
  /** Which call; without it every one fits. */
  operation?: string | undefined
  /** How many calls, default 1. */
  times?: number | undefined
  /** Whether the call is carried out all the same, so that only its answer is wrong. Default no; a delayed call is late. */
  applied?: boolean | undefined
  delayMs?: number | undefined
  /** In place of `delayMs`: the call is late until this. */
  until?: Promise<unknown> | undefined
  /** For errors that say when to come again. */
  retryAfterSeconds?: number | undefined
}

export type CallFaults<Fault> = {
  add: (fault: Fault) => void
  take: (operation: string) => Fault | undefined
  clear: () => void
}

export const createCallFaults = <Fault extends CallFault<string>>(): CallFaults<Fault> => {
  const list = createFaultList<Fault>()
  return {
    ...list,
    take: (operation) => list.take((fault) => !fault.operation || fault.operation === operation),
  }
}

const proxyPage =
  '<!doctype html><html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>'

const longest = 600_000

/** Carries a call out, or does not, and answers as the fault says. `refuse`: the answer of an error of the API itself. */
export const answerWithFault = async <Kind extends string>(
  fault: CallFault<Kind> | undefined,
  call: {
    carryOut: () => Promise<Response>
    refuse: (kind: Kind, fault: CallFault<Kind>) => Response
    /** Aborted when the sandbox closes. */
    signal: AbortSignal
  },
): Promise<Response> => {
  if (!fault) return call.carryOut()
  const { kind, applied = false } = fault
  const delay = () => fault.until ?? wait(fault.delayMs ?? 0, call.signal)
  if (kind === 'delay' && !applied) await delay()
  const answer = applied || kind === 'delay' ? await call.carryOut() : undefined
  if (kind === 'delay' && answer) {
    if (applied) await delay()
    return answer
  }
  if (kind === 'hang') await wait(longest, call.signal)
  if (kind === 'hang' || kind === 'disconnect' || kind === 'delay') return brokenConnection()
  if (kind === 'html') {
    return new Response(proxyPage, { status: 502, headers: { 'Content-Type': 'text/html; charset=utf-8' } })
  }
  return call.refuse(kind, fault)
}
