import type { CollectionBeforeChangeHook } from 'payload'

/** Another address is not known to be theirs, unless whoever enters it says so. */
export const forgetConfirmedEmail: CollectionBeforeChangeHook = ({ data, originalDoc, operation }) => {
  if (operation !== 'update' || data.email === undefined || data.email === originalDoc?.email) return data
  return data.emailVerified === originalDoc?.emailVerified ? { ...data, emailVerified: false } : data
}
