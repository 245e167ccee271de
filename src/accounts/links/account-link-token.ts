import { settings } from '#settings'
import { deriveToken, isSameSecret, isUuid } from '#shared/ids'

/** The token of a link about a login. It is derived, so the database holds nothing that opens it (decision 0009). */
export const accountLinkToken = (linkId: string): string =>
  `${linkId}.${deriveToken(settings.payloadSecret, 'account-link', linkId)}`

/** Which link a token opens; undefined for one that was not made here. */
export const linkIdOf = (token: string): string | undefined => {
  const [linkId = ''] = token.split('.', 1)
  return isUuid(linkId) && isSameSecret(token, accountLinkToken(linkId)) ? linkId : undefined
}
