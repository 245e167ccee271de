import type { SanitizedConfig } from 'payload'
import { findSharedConfig } from '#shared/shared-config'

/**
 * The configuration for the pages of the admin: that of the process, which Payload was opened with. Composed a second time, from the copies of all
 * modules that Next bundles, it would be 75 MB more, and hooks with a state of their own.
 */
const config: Promise<SanitizedConfig> =
  findSharedConfig<SanitizedConfig>() ?? import('../../../payload.config').then((composed) => composed.default)

export default config
