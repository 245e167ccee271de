import type { CollectionBeforeChangeHook } from 'payload'

/** Takes the login sessions away with the account, so that the tokens already given out stop working. */
export const endSessionsOfDeactivated: CollectionBeforeChangeHook = ({ data, originalDoc }) => {
  const isActive: unknown = data.isActive ?? originalDoc?.isActive
  return isActive === false ? { ...data, sessions: [] } : data
}
