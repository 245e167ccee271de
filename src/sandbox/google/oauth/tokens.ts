import type { StoredToken } from '../records'
import { newToken, nowOf, type World } from '../world'

/** Google lets one application hold so many refresh tokens of a person; the oldest one ends without a word. */
const maxRefreshTokens = 100

type Holder = { email: string; scopes: string[]; isOffline: boolean }

export const issueAccessToken = (world: World, holder: Holder): StoredToken => {
  const now = nowOf(world)
  for (const old of [...world.tables.accessTokens.values()]) {
    if (old.email === holder.email && (old.expiresAt ?? now) < now) world.tables.accessTokens.delete(old.token)
  }
  const { email, scopes, isOffline } = holder
  const token = newToken('ya29.', 48)
  const issued = { token, email, scopes, isOffline, expiresAt: now + world.knobs.accessTokenLifetime }
  world.tables.accessTokens.put(token, issued)
  return issued
}

export const issueRefreshToken = (world: World, { email, scopes }: Holder): StoredToken => {
  const held = [...world.tables.refreshTokens.values()].filter((one) => one.email === email)
  for (const old of held.slice(0, Math.max(0, held.length - maxRefreshTokens + 1))) {
    world.tables.refreshTokens.delete(old.token)
  }
  const token = newToken('1//0', 48)
  const issued = { token, email, scopes, isOffline: true, expiresAt: null }
  world.tables.refreshTokens.put(token, issued)
  return issued
}

/** The token while it is good. */
export const findAccessToken = (world: World, token: string): StoredToken | undefined => {
  const found = world.tables.accessTokens.get(token)
  return found && (found.expiresAt ?? Infinity) > nowOf(world) ? found : undefined
}

/** Ends what a person allowed: every token of theirs, and push notifications go on until their channels expire. */
export const withdrawGrant = (world: World, email: string): void => {
  const { grants, codes, accessTokens, refreshTokens } = world.tables
  grants.delete(email)
  for (const table of [codes, accessTokens, refreshTokens]) {
    for (const key of [...table.keys()]) if (table.get(key)?.email === email) table.delete(key)
  }
}
