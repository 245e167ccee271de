import type { CollectionBeforeOperationHook } from 'payload'
import { lockBeforeUpdate } from '../shared/lock-row'

/** Statistics and the rules' version are written by SQL beside the edits of people. Notes whether only a draft is saved. */
export const lockConsultantProfileBeforeWrite: CollectionBeforeOperationHook = async (hook) => {
  if (hook.operation === 'update') hook.req.context.savesDraft = 'draft' in hook.args && hook.args.draft === true
  await lockBeforeUpdate('consultant_profiles')(hook)
}
