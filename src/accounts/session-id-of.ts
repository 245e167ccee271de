import type { PayloadRequest } from 'payload'

/** The login session with which somebody asks; null for whoever has none. */
export const sessionIdOf = ({ user }: Pick<PayloadRequest, 'user'>): string | null =>
  user && '_sid' in user && typeof user._sid === 'string' ? user._sid : null

export type BrowserSession = { userId: string; sessionId: string }

/** The login session that a browser has in its cookie, where a new login takes its place. Null for programs, and where there is none. */
export const browserSessionOf = (req: Pick<PayloadRequest, 'headers' | 'user'>): BrowserSession | null => {
  const sessionId = req.headers.has('authorization') ? null : sessionIdOf(req)
  return req.user && sessionId !== null ? { userId: String(req.user.id), sessionId } : null
}
