import {
  type CollectionBeforeOperationHook,
  type CollectionBeforeValidateHook,
  type PayloadRequest,
  ValidationError,
} from 'payload'

const shortest = 10
/** Hashing is costly, so an endless password would be a way to keep the server busy. */
const longest = 200

const check = (password: unknown, req: PayloadRequest): void => {
  if (password === undefined || password === null) return
  if (typeof password === 'string' && password.length >= shortest && password.length <= longest) return
  const message = `Must be ${shortest} to ${longest} characters long.`
  throw new ValidationError({ collection: 'users', errors: [{ path: 'password', message }], req }, req.t)
}

/** Payload takes three characters. */
export const requireGoodPassword: CollectionBeforeValidateHook = ({ data, req }) => {
  check(data?.password, req)
  return data
}

/** A reset shows its password to no other hook. */
export const requireGoodPasswordAtReset: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  if (operation === 'resetPassword' && 'data' in args && args.data && 'password' in args.data) {
    check(args.data.password, req)
  }
  return args
}
