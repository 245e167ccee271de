import type { Payload } from 'payload'
import { type BookedEntry, decideDifference } from '#payments/reconciliation/decide-difference'
import {
  type Finding,
  findEntriesOf,
  findingOf,
  findPaymentIdOf,
} from '#payments/reconciliation/reconciliation-queries'
import type { BalanceMovement } from '#payments/stripe/balance-transactions'
import { ProviderError } from '#payments/stripe/provider-error'
import { healMovement } from './heal-movement'

/** Why it is still missing; undefined when the handler found nothing to do. @throws ProviderError when Stripe cannot be asked. */
const tryToHeal = async (payload: Payload, movement: BalanceMovement): Promise<string | undefined> => {
  try {
    await healMovement(payload, movement)
    return undefined
  } catch (error) {
    if (error instanceof ProviderError && !error.definitive) throw error
    payload.logger.warn({ err: error, objectId: movement.objectId, msg: 'Reconciliation could not heal a movement' })
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  }
}

/** Neither a record of ours nor metadata of ours speaks of it. */
const isForeign = ({ metadata }: BalanceMovement, paymentId: string | null): boolean =>
  paymentId === null && metadata.paymentId === undefined && metadata.sessionId === undefined

const describe = async (
  payload: Payload,
  movement: BalanceMovement,
  booked: readonly BookedEntry[],
  why: string | undefined,
): Promise<Finding | undefined> => {
  const difference = decideDifference(movement, booked)
  if (!difference) return undefined
  const { objectId, id, metadata } = movement
  const paymentId = await findPaymentIdOf(payload, movement)
  const finding = findingOf(difference, {
    objectId,
    paymentId,
    detail: why ?? `Stripe's ${movement.kind.replaceAll('_', ' ')} ${objectId} is not in the books as it is at Stripe.`,
    facts: { balanceTransaction: id, metadata },
  })
  if (finding.kind !== 'missing_here' || !isForeign(movement, paymentId)) return finding
  return { ...finding, kind: 'unknown_object', detail: why ?? `${objectId} names no booking of ours.` }
}

/**
 * Compares entries of Stripe's balance with the books, and lets the handlers of events make good what is missing. Nothing is
 * matched by its amount.
 * @throws ProviderError when Stripe cannot be asked.
 */
export const compareMovements = async (
  payload: Payload,
  movements: readonly BalanceMovement[],
): Promise<{ healed: number; findings: Finding[] }> => {
  const objectIds = movements.map(({ objectId }) => objectId)
  const booked = await findEntriesOf(payload, objectIds)
  const differing = movements.filter((movement) => decideDifference(movement, booked.get(movement.objectId) ?? []))
  // What was paid before what was returned of it, whatever the order at Stripe: the later one needs the earlier one.
  const ordered = differing.toSorted((a, b) => Number(b.kind === 'charge') - Number(a.kind === 'charge'))
  const reasons = new Map<string, string | undefined>()
  for (const movement of ordered) reasons.set(movement.id, await tryToHeal(payload, movement))
  const after = differing.length ? await findEntriesOf(payload, objectIds) : booked
  const findings: Finding[] = []
  for (const movement of differing) {
    const finding = await describe(payload, movement, after.get(movement.objectId) ?? [], reasons.get(movement.id))
    if (finding) findings.push(finding)
  }
  return { healed: differing.length - findings.length, findings }
}
