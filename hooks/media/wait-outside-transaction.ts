import type { CollectionBeforeOperationHook } from 'payload'
import { suspendTransaction } from '#database/transactions'
import { DomainError } from '#shared/errors'
import { asksToCut } from '#media/asks-to-cut'

/**
 * Ends the transaction of an operation that comes with a file: reading it, cutting it and sending it to the store take seconds, during which none is
 * to be open. `storeFiles` begins another one.
 */
export const waitOutsideTransaction: CollectionBeforeOperationHook = async ({ args, operation, req }) => {
  const isUpdate = operation === 'update'
  if (operation !== 'create' && !(isUpdate && (req.file || asksToCut(req.query)))) return args
  if (isUpdate && (!('id' in args) || !args.id)) {
    throw new DomainError('invalid_request', 'Only one picture can be cut or replaced at a time.')
  }
  await suspendTransaction(req)
  return args
}
