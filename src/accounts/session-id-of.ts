import type { PayloadRequest } from 'payload'

/** The login session with which somebody asks; null for whoever has none. */
export const sessionIdOf = ({ user }: Pick<PayloadRequest, 'user'>): string | null =>
  user && '_sid' in user && typeof user._sid === 'string' ? user._sid : null
