import { languageCookie } from '#shared/language-cookie'
import type { SiteLanguage } from './languages'

const year = 365 * 24 * 60 * 60

/** For `document.cookie`. */
export const languageCookieOf = (language: SiteLanguage, { isSecure }: { isSecure: boolean }): string =>
  [`${languageCookie}=${language}`, 'Path=/', `Max-Age=${year}`, 'SameSite=Lax', ...(isSecure ? ['Secure'] : [])].join(
    '; ',
  )
