import { type CollectionBeforeValidateHook, type PayloadRequest, ValidationError } from 'payload'
import { commonPasswords } from '#accounts/common-passwords'
import { decidePassword, type PasswordOwner, passwordWords } from '#accounts/decide-password'
import { acceptedLanguage } from '#notifications/accepted-language'
import { chooseLanguage } from '#notifications/languages'

const check = async (password: unknown, owner: PasswordOwner, req: PayloadRequest): Promise<void> => {
  if (password === undefined || password === null) return
  const fault = decidePassword(password, owner, await commonPasswords())
  if (fault === undefined) return
  // What is refused here is read beside the field where it was typed.
  const { language } = chooseLanguage(acceptedLanguage(req.headers.get('accept-language')))
  const message = passwordWords[language === 'de' ? 'de' : 'en'][fault]
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
