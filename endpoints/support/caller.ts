import type { PayloadRequest } from 'payload'
import type { User } from '#payload-types'

/** Who is asking. Nothing here is believed without a look-up: a token may be wrong, an address may be a proxy's. */
export type Caller = { user: User | null; token: string | null; address: string }

const bearer = (req: PayloadRequest): string | null => {
  const [, token] = /^Bearer ([\w.~+/=-]{1,512})$/i.exec(req.headers.get('authorization') ?? '') ?? []
  return token ?? null
}

const queryToken = (req: PayloadRequest): string | null => {
  const token = req.searchParams.get('token')
  return token && token.length <= 512 ? token : null
}

/** The web server replaces `X-Forwarded-For` with the address that it believes (see `trustedProxies`). */
export const addressOf = (req: PayloadRequest): string => req.headers.get('x-forwarded-for') ?? 'unknown'

export const callerOf = (req: PayloadRequest): Caller => ({
  user: req.user?.collection === 'users' ? req.user : null,
  token: bearer(req) ?? queryToken(req),
  address: addressOf(req),
})
