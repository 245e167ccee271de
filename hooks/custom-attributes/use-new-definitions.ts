import type { PayloadRequest } from 'payload'
import { forgetAttributeDefinitions } from '#attributes/attribute-definitions'
import { afterCommit } from '#database/transactions'

/** After the commit, or the next request might remember the old ones again. */
export const useNewDefinitions = async ({ req }: { req: PayloadRequest }): Promise<void> => {
  await afterCommit(req, forgetAttributeDefinitions)
}
