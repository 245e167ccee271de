import ipaddr from 'ipaddr.js'

/**
 * Whether an IP address is one of the public Internet: not of this machine, a private network, a provider's metadata service or any other
 * range with a meaning of its own. IPv6 addresses that carry an IPv4 one are judged by both.
 */
export const isPublicAddress = (address: string): boolean => {
  if (!ipaddr.isValid(address)) return false
  // `process` turns ::ffff:10.0.0.1 into 10.0.0.1.
  return ipaddr.process(address).range() === 'unicast'
}
