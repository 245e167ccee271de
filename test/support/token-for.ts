import { randomUUID } from 'node:crypto'
import { getFieldsToSign, jwtSign, type Payload } from 'payload'
import type { User } from '#payload-types'

/** What a login would give, without its 150 ms of hashing. */
export const tokenFor = async (payload: Payload, user: User, ttlSeconds = 3_600): Promise<string> => {
  const sid = randomUUID()
  const now = Date.now()
  const session = {
    id: sid,
    createdAt: new Date(now).toISOString(),
    expiresAt: new Date(now + ttlSeconds * 1_000).toISOString(),
  }
  await payload.db.updateOne({
    collection: 'users',
    id: user.id,
    returning: false,
    data: { updatedAt: null, sessions: [...(user.sessions ?? []), session] },
  })
  const { token } = await jwtSign({
    secret: payload.secret,
    tokenExpiration: ttlSeconds,
    fieldsToSign: getFieldsToSign({
      collectionConfig: payload.collections.users.config,
      email: user.email,
      sid,
      user: { ...user, collection: 'users' },
    }),
  })
  return token
}
