import type { PayloadRequest } from 'payload'
import type { Actor } from '#shared/actor'

/** Placeholder until merged. */
export const recordElsewhereCharge = async (
  _req: PayloadRequest,
  _args: { paymentId: string; reference: string; by: Actor },
): Promise<void> => Promise.resolve()
