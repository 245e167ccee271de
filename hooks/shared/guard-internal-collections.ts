import type { SanitizedConfig } from 'payload'
import { admitQuestion } from './admit-question'
import { boundBulk } from './bound-bulk'
import { boundQuery } from './bound-query'
import { boundPreferencesOf } from './bound-preferences'
import { capLimit } from './cap-limit'
import { guardHiddenPaths } from './guard-hidden-paths'
import { leaveOutSystemFields } from './leave-out-system-fields'
import { refuseOtherKinds } from './refuse-other-kinds'
import { understandQuery } from './understand-query'

/** Payload's own collections are lists as well. They are there only once the configuration is built. */
export const guardInternalCollections = (config: SanitizedConfig): SanitizedConfig => {
  for (const collection of config.collections) {
    const { hooks } = collection
    if (!hooks.beforeOperation.includes(capLimit))
      hooks.beforeOperation.unshift(
        ...[capLimit, boundQuery, guardHiddenPaths, understandQuery, admitQuestion, boundBulk, leaveOutSystemFields],
        refuseOtherKinds,
      )
    boundPreferencesOf(collection)
  }
  return config
}
