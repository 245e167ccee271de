import ipaddr from 'ipaddr.js'

/**
 * The one way in which an address is written here: of IPv6 the shortest form, without its zone; IPv4 within IPv6 as IPv4.
 * @param text an address as sockets and proxies name it, perhaps with a port or in brackets.
 * @returns undefined when it is none.
 */
export const parseAddress = (text: string): string | undefined => {
  const [, inBrackets, withPort] = /^\[([^\]]*)\](?::\d+)?$|^([\d.]+):\d+$/.exec(text.trim()) ?? []
  const [address = ''] = (inBrackets ?? withPort ?? text.trim()).split('%', 1)
  // Its parser takes more for IPv4 than anybody writes: `1`, `0x7f.1`.
  const isAddress = ipaddr.IPv4.isValidFourPartDecimal(address) || ipaddr.IPv6.isValid(address)
  return isAddress ? ipaddr.process(address).toString() : undefined
}

/** What one caller has: of IPv4 an address, of IPv6 the network of 64 bits that it is in. What is no address is as it is. */
export const networkOf = (text: string): string => shorten(text, { ipv4: 32, ipv6: 64 }) ?? text

/** Where about an address is, for somebody who is to know theirs again. Undefined when it is none. */
export const roughNetworkOf = (text: string): string | undefined => shorten(text, { ipv4: 24, ipv6: 48 })

const shorten = (text: string, bits: { ipv4: number; ipv6: number }): string | undefined => {
  const address = parseAddress(text)
  if (address === undefined) return undefined
  const kind = ipaddr.parse(address).kind()
  const length = bits[kind]
  if (length === 32) return address
  const ofKind = kind === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6
  return `${ofKind.networkAddressFromCIDR(`${address}/${length}`).toString()}/${length}`
}
