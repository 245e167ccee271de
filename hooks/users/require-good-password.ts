import { type CollectionBeforeValidateHook, type PayloadRequest, ValidationError } from 'payload'
import { commonPasswords } from '#accounts/common-passwords'
import { decidePassword, type PasswordOwner } from '#accounts/decide-password'

const check = async (password: unknown, owner: PasswordOwner, req: PayloadRequest): Promise<void> => {
  if (password === undefined || password === null) return
  const message = decidePassword(password, owner, await commonPasswords())
  if (message === undefined) return
  throw new ValidationError({ collection: 'users', errors: [{ path: 'password', message }], req }, req.t)
}

/** Payload takes any three characters. */
export const requireGoodPassword: CollectionBeforeValidateHook = async ({ data, originalDoc, req }) => {
  const textOf = (name: 'email' | 'name'): string | undefined => {
    const value: unknown = data?.[name] ?? originalDoc?.[name]
    return typeof value === 'string' ? value : undefined
  }
  await check(data?.password, { email: textOf('email'), name: textOf('name') }, req)
  return data
}
