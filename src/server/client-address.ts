import { parseAddress } from '#shared/network-address'

/**
 * Who is calling. Every proxy appends the address that it saw, some of them with the port, so with `trustedProxies` proxies of our own
 * the caller is that many entries from the right; anything further left may be made up. With none the header is not believed at all.
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
  const own = parseAddress(socketAddress ?? '') ?? 'unknown'
  if (!trustedProxies || !forwardedFor) return own
  const hops = [...forwardedFor.split(','), own]
  return parseAddress(hops[Math.max(0, hops.length - 1 - trustedProxies)] ?? '') ?? own
}
