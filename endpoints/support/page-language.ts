import { parseCookies } from 'payload/shared'
import { acceptedLanguage } from '#notifications/accepted-language'
import { chooseLanguage } from '#notifications/languages'
import { languageCookie } from '#shared/language-cookie'

/** What the small pages behind links speak, and how they write dates. */
export type PageLanguage = { language: 'en' | 'de'; locale: string }

/**
 * The language of whoever looks at a page: as they have chosen it on the site, else their browser's.
 * @param booked in which the session was booked, for a browser that says none; null of whoever did not book it.
 */
export const pageLanguage = (headers: Headers, booked: string | null = null): PageLanguage => {
  const accepted = acceptedLanguage(headers.get('accept-language'))
  const kept = parseCookies(headers).get(languageCookie)
  const chosen = kept === 'en' || kept === 'de' ? kept : undefined
  // A browser of the chosen language says which kind of it.
  const isSame = chosen === undefined || accepted?.split('-')[0] === chosen
  const { language, locale } = chooseLanguage(isSame ? (accepted ?? booked) : chosen)
  return language === 'de' ? { language, locale } : { language: 'en', locale: language === 'en' ? locale : 'en-GB' }
}
