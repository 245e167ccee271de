import { isIP } from 'node:net'

/**
 * Who is calling. Every proxy appends the address that it saw, so with `trustedProxies` proxies of our own the caller is
 * that many entries from the right; anything further left may be made up. With none the header is not believed at all.
 */
export const clientAddress = ({
  forwardedFor,
  socketAddress,
  trustedProxies,
}: {
  forwardedFor: string | undefined
  socketAddress: string | undefined
  trustedProxies: number
}): string => {
  const own = socketAddress?.replace(/^::ffff:/, '') ?? 'unknown'
  if (!trustedProxies || !forwardedFor) return own
  const hops = [...forwardedFor.split(',').map((hop) => hop.trim()), own]
  const address = hops[Math.max(0, hops.length - 1 - trustedProxies)] ?? own
  return isIP(address) ? address : own
}
