/** Where programs and people look for it (RFC 9116). */
export const securityTextPath = '/.well-known/security.txt'

/** Those who keep a copy look again within that time; the standard allows a year. */
const validDays = 90

/**
 * The file that says where faults of security are reported.
 * @param contact an address with its scheme.
 * @param now epoch ms.
 */
export const renderSecurityText = ({
  contact,
  serverUrl,
  now,
}: {
  contact: string
  serverUrl: string
  now: number
}): string =>
  [
    `Contact: ${contact}`,
    // The same all day long.
    `Expires: ${new Date(Math.floor(now / 86_400_000 + validDays) * 86_400_000).toISOString()}`,
    'Preferred-Languages: en, de',
    `Canonical: ${serverUrl}${securityTextPath}`,
    '',
  ].join('\n')
