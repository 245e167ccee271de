/** Where links of an older kind lead, which did something as soon as they were looked at. */
const olderLink = '/account/older-link'

/**
 * The page to show instead of one of Payload's that is closed: those behind the links that it mailed about logins.
 * @param path without a query. @param adminRoute where the admin lies, `/admin`.
 */
export const pageInsteadOf = (path: string, adminRoute: string): string | undefined => {
  if (!path.startsWith(`${adminRoute}/`)) return undefined
  const [first, second] = path.slice(adminRoute.length + 1).split('/', 2)
  return first === 'reset' || second === 'verify' ? olderLink : undefined
}
