import type { Payload } from 'payload'
import { expect } from 'vitest'

/**
 * The books of this file's database contradict themselves nowhere. To be called after each test that moves money.
 * @param options.settled also nothing is under way any more: every job was done, every refund has come to its end.
 */
export const expectSoundBooks = async (payload: Payload, options: { settled?: boolean } = {}): Promise<void> => {
  const { listMoneyFaults } = await import('#payments/ledger/money-fault-queries')
  const faults = await listMoneyFaults(payload, { limit: 50 })
  expect(faults.filter(({ passing }) => options.settled || !passing)).toEqual([])
}
