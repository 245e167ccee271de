import { z } from 'zod'
import { settings } from '#settings'

const originOf = (address: string): string | undefined => (URL.canParse(address) ? new URL(address).origin : undefined)

/**
 * Whether somebody may be sent to an address after a page of somebody else: it is of one of these origins, written out in full. What a
 * browser reads in another way than it looks (backslashes, a name before the host, characters nobody sees) is refused.
 */
export const isReturnAddress = (address: string, origins: readonly string[]): boolean => {
  if (!/^https?:\/\/[^/\\@\s]+(?:[/?#][\x21-\x7e]*)?$/i.test(address) || address.includes('\\')) return false
  const origin = originOf(address)
  return origin !== undefined && origins.some((allowed) => originOf(allowed) === origin)
}

const allowedOrigins = (): string[] => [settings.serverUrl, ...settings.corsOrigins]

/** Where a page of Stripe's leads back to, as a caller gives it: pages of this server, or of those in `CORS_ORIGINS`. */
export const returnAddress = z
  .string()
  .max(2000)
  .superRefine((address, context) => {
    const origins = allowedOrigins()
    if (isReturnAddress(address, origins)) return
    context.addIssue({ code: 'custom', message: `must be an address that begins with ${origins.join(' or ')}` })
  })
  .meta({ format: 'uri' })
