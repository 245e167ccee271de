/** Pure checks of single values as they are stored. Each says what a value must be. */

/** `HH:MM` between 00:00 and 24:00. */
export const isWallTime = (value: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(value)

/** Lower-case letters, digits and single hyphens: what stands in an address. */
export const isSlug = (value: string): boolean => value.length <= 100 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value)

/** A BCP 47 language tag such as `en` or `de-AT`. */
export const isLanguageTag = (value: string): boolean =>
  value.length <= 35 && /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(value)

/** An absolute http(s) address. */
export const isHttpUrl = (value: string): boolean => {
  if (value.length > 2_000) return false
  try {
    return ['http:', 'https:'].includes(new URL(value).protocol)
  } catch {
    return false
  }
}

/** Letters that Unicode does not take apart. */
// prettier-ignore
const spelledOut: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' }

/** A name as a slug: `Dr. Zoë Ångström` → `dr-zoe-angstrom`; empty when no letter or digit is left. */
export const toSlug = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ßæœøłđðþı]/g, (letter) => spelledOut[letter] ?? '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80)
    .replace(/-+$/, '')
