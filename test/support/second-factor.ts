import { randomUUID } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import type { Payload, PayloadRequest } from 'payload'
import { expect } from 'vitest'
import type { User } from '#payload-types'
import type { RestClient } from './rest-client'
import { tokenFor } from './token-for'

export type Enrolled = {
  user: User
  /** Of a login from before, which shows its factor by having added it. */
  token: string
  secret: string
  recoveryCodes: string[]
}

export const as = (token: string) => ({ Authorization: `JWT ${token}` })

/** What an app shows `steps` of thirty seconds from now. */
export const codeOf = (secret: string, steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 })

/** Sets up an authenticator app, as its owner does. Its code of now is used up by that; the next one is not. */
export const enrol = async (payload: Payload, api: RestClient, user: User, token?: string): Promise<Enrolled> => {
  const own = token ?? (await tokenFor(payload, user))
  const begun = await api.post('/account/second-factor/authenticator', { name: 'My phone' }, as(own))
  expect(begun.status, begun.text).toBe(200)
  const { secret } = begun.json
  const done = await api.post('/account/second-factor/authenticator/confirm', { code: codeOf(secret) }, as(own))
  expect(done.status, done.text).toBe(200)
  return { user, token: done.json.login?.token ?? own, secret, recoveryCodes: done.json.recoveryCodes ?? [] }
}

/** What a login with the right password would give whose account has a second factor, or has to have one; without its 150 ms of hashing. */
export const waitingTokenFor = async (payload: Payload, { id }: User): Promise<string> => {
  const { waitingLoginOf } = await import('#database/waiting-logins')
  const req: Partial<PayloadRequest> = { payload }
  // Read first, as a login does: only what is added is written.
  const account = await payload.db.findOne<User>({ collection: 'users', req, where: { id: { equals: id } } })
  const now = Date.now()
  const [createdAt, expiresAt] = [new Date(now).toISOString(), new Date(now + 3_600_000).toISOString()]
  const sessions = [...(account?.sessions ?? []), { id: randomUUID(), createdAt, expiresAt }]
  await payload.db.updateOne({ collection: 'users', id, returning: false, req, data: { updatedAt: null, sessions } })
  const waiting = waitingLoginOf(req)
  if (!waiting) throw new Error('This login does not wait for anything.')
  return waiting.token
}
