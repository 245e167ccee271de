import type { PayloadRequest } from 'payload'
import { preparedStatement } from '#database/prepared-statement'

// Among what is counted, whose rows go by themselves when their time is over: after that it is refused for its age.
const insertSpent = preparedStatement<{ key: string }>(
  'spend-challenge',
  `INSERT INTO parley.rate_limits (key, most, taken, granted, ends_at) VALUES ($1, 1, 1, 1, $2)
  ON CONFLICT (key) DO NOTHING RETURNING key`,
)

/**
 * Uses a solution up, for all processes. In the transaction of what it was asked for, if there is one: what comes to nothing has used nothing, and who
 * sends the same solution meanwhile waits for how that ends.
 * @returns whether it was still good.
 */
export const spendChallenge = async (req: PayloadRequest, key: string, expiresAt: Date): Promise<boolean> =>
  (await insertSpent(req, [key, expiresAt.toISOString()])).length > 0
