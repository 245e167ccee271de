import type { CollectionBeforeOperationHook } from 'payload'

/** What people may say about a picture; the rest (name, type, sizes, address) is read from the file. */
const sayable = ['alt', 'isPublic', 'focalX', 'focalY', 'file']

/** Payload takes the facts of the file from the body as well: with another file's name one could read that file. */
export const keepFileFacts: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  if ((operation !== 'create' && operation !== 'update') || req.payloadAPI === 'local') return args
  if (!('data' in args) || !args.data) return args
  const data = Object.fromEntries(Object.entries(args.data).filter(([name]) => sayable.includes(name)))
  return { ...args, data }
}
