import { type CollectionBeforeValidateHook, ValidationError } from 'payload'

const shortest = 10
/** Hashing is costly, so an endless password would be a way to keep the server busy. */
const longest = 200

/** Payload takes three characters. Runs for registration, changes and resets alike. */
export const requireGoodPassword: CollectionBeforeValidateHook = ({ data, req }) => {
  const password: unknown = data?.password
  if (password === undefined || password === null) return data
  if (typeof password === 'string' && password.length >= shortest && password.length <= longest) return data
  throw new ValidationError(
    {
      collection: 'users',
      errors: [{ path: 'password', message: `Must be ${shortest} to ${longest} characters long.` }],
      req,
    },
    req.t,
  )
}
