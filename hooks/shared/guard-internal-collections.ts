import type { SanitizedConfig } from 'payload'
import { boundBulk } from './bound-bulk'
import { boundQuery } from './bound-query'
import { capLimit } from './cap-limit'
import { guardHiddenPaths } from './guard-hidden-paths'
import { understandQuery } from './understand-query'

/** Payload's own collections are lists as well. They are there only once the configuration is built. */
export const guardInternalCollections = (config: SanitizedConfig): SanitizedConfig => {
  for (const { hooks } of config.collections) {
    if (!hooks.beforeOperation.includes(capLimit))
      hooks.beforeOperation.unshift(capLimit, boundQuery, guardHiddenPaths, understandQuery, boundBulk)
  }
  return config
}
