import type { Payload } from 'payload'
import { commonPasswords } from '#accounts/common-passwords'
import { decidePassword, passwordWords } from '#accounts/decide-password'
import { logger } from './logger'
import { StartError } from './exit-with-line'

type Login = { email: string; password: string }

/**
 * Makes an administrator with `email`.
 * @throws StartError when somebody has that e-mail already, or the password is one that is guessed first.
 */
export const createAdmin = async (payload: Payload, { email, password }: Login): Promise<void> => {
  const fault = decidePassword(password, { email }, await commonPasswords())
  if (fault !== undefined) throw new StartError(`The password for ${email} is refused. ${passwordWords.en[fault]}`)
  const { totalDocs } = await payload.count({ collection: 'users', where: { email: { equals: email } } })
  if (totalDocs) throw new StartError(`There is a user ${email} already.`)
  await payload.create({
    collection: 'users',
    data: { email, password, name: email.split('@', 1)[0] ?? email, roles: ['admin'], _verified: true },
  })
}

/** Makes the administrator of `ADMIN_EMAIL` unless there is any administrator, so that a restart changes nothing. */
export const createFirstAdmin = async (payload: Payload, login: Login): Promise<void> => {
  const { totalDocs } = await payload.count({ collection: 'users', where: { roles: { contains: 'admin' } } })
  if (totalDocs) return
  try {
    await createAdmin(payload, login)
    logger.info({ msg: 'Made the first administrator from ADMIN_EMAIL' })
  } catch (error) {
    // Two processes started at once: the other one has made it.
    const { totalDocs: made } = await payload.count({ collection: 'users', where: { roles: { contains: 'admin' } } })
    if (!made) throw error
  }
}
