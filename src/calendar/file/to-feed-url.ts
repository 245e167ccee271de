import { isIP } from 'node:net'
import { DomainError } from '#shared/errors'
import { isPublicAddress } from './is-public-address'

const refuse = (message: string): never => {
  throw new DomainError('invalid_request', 'That is not the address of a calendar that can be read.', {
    errors: [{ path: 'url', message }],
  })
}

/**
 * The address of a foreign calendar as it may be fetched: `webcal:` is https by another name. Where a name leads is checked when it is
 * fetched, and again with every redirect.
 * @throws DomainError `invalid_request` for other schemes, ports, logins in the address, and addresses that are not public.
 */
export const toFeedUrl = (text: string): URL => {
  const trimmed = text.trim().replace(/^webcals?:/i, 'https:')
  if (trimmed.length > 2_000) return refuse('must be at most 2,000 characters')
  if (!URL.canParse(trimmed)) return refuse('must be an address such as https://calendar.example/me.ics')
  const url = new URL(trimmed)
  if (url.protocol !== 'https:') return refuse('must begin with https:// or webcal://')
  if (url.username || url.password) return refuse('must not contain a login')
  if (url.port) return refuse('must not name a port')
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) && !isPublicAddress(host)) return refuse('must be on the public Internet')
  if (!isIP(host) && (!host.includes('.') || /\.(local|localhost|internal|home\.arpa)\.?$/i.test(host))) {
    return refuse('must be on the public Internet')
  }
  url.hash = ''
  return url
}
