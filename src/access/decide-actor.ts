import type { Actor } from '#shared/actor'
import { hashToken, isSameSecret } from '#shared/ids'

/** What a record says about whom it belongs to. */
export type Ownership = {
  manageTokenHash: string | null
  customerId: string
  customerUserId: string | null
  consultantUserId: string | null
}

export type Asker = { user: { id: string; roles?: readonly string[] | null } | null; token: string | null }

/**
 * As whom somebody may deal with a session or request: staff by role, the consultant and the customer by their login, a guest
 * by the manage token. Null: they may not know that it exists.
 */
export const decideActor = (asker: Asker, record: Ownership): Actor | null => {
  const { user, token } = asker
  if (user) {
    if (user.roles?.includes('admin')) return { role: 'admin', id: user.id }
    if (user.roles?.includes('operations')) return { role: 'operations', id: user.id }
    if (user.id === record.consultantUserId) return { role: 'consultant', id: user.id }
    if (user.id === record.customerUserId) return { role: 'customer', id: user.id }
  }
  if (token && record.manageTokenHash && isSameSecret(hashToken(token), record.manageTokenHash)) {
    return { role: 'customer', id: record.customerId }
  }
  return null
}
