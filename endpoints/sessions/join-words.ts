import { acceptedLanguage } from '#notifications/accepted-language'
import { chooseLanguage } from '#notifications/languages'

type JoinWords = { title: string; line: (service: string, other: string) => string; enter: string }

/** The page before the room, in the languages that the product speaks to customers. */
export const joinWords = {
  en: { title: 'Your session', line: (service, other) => `${service} with ${other}`, enter: 'Enter the room' },
  de: { title: 'Ihr Termin', line: (service, other) => `${service} mit ${other}`, enter: 'Raum betreten' },
} as const satisfies Record<string, JoinWords>

/**
 * Whose language it speaks: that of the browser that looks at it.
 * @param booked in which the session was booked, for a browser that says none; null of whoever did not book it.
 */
export const joinLanguage = (headers: Headers, booked: string | null): keyof typeof joinWords => {
  const { language } = chooseLanguage(acceptedLanguage(headers.get('accept-language')) ?? booked)
  return language === 'de' ? 'de' : 'en'
}
