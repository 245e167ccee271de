import type { Access, CollectionConfig, SanitizedConfig } from 'payload'
import { nobody, staff } from './collection-access'
import { isConsultant, isStaff } from './roles'

type AccessRules = NonNullable<CollectionConfig['access']>

/** The admin asks for the lock of a record before it shows it, so consultants need an answer: their own locks. */
const staffOrOwnLocks: Access = ({ req }) => {
  if (isStaff(req)) return true
  return isConsultant(req) && req.user ? { 'user.value': { equals: req.user.id } } : false
}

/**
 * Payload's own collections are open to every login. With a lock on a document a customer could keep staff from editing it,
 * so locks are made by staff and by the admin itself; what nobody needs from outside is nobody's.
 */
const rules: Readonly<Record<string, AccessRules>> = {
  'payload-locked-documents': { create: staff, read: staffOrOwnLocks, update: staff, delete: staff },
  // Those two are there where an extension or a plugin calls for them.
  'payload-folders': { create: staff, read: staff, update: staff, delete: staff },
  'payload-jobs': { create: nobody, read: nobody, update: nobody, delete: nobody },
  'payload-kv': { create: nobody, read: nobody, update: nobody, delete: nobody },
  'payload-migrations': { create: nobody, read: nobody, update: nobody, delete: nobody },
}

/** They are added while the configuration is built, so their access can only be set afterwards. */
export const restrictInternalCollections = (config: SanitizedConfig): SanitizedConfig => {
  for (const collection of config.collections) {
    if (Object.hasOwn(rules, collection.slug)) Object.assign(collection.access, rules[collection.slug])
  }
  return config
}
