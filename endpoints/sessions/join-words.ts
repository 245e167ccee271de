import type { PageLanguage } from '../support/page-language'

type JoinWords = { title: string; line: (service: string, other: string) => string; enter: string }

/** The page before the room, in the languages that the product speaks to customers. */
export const joinWords: Record<PageLanguage['language'], JoinWords> = {
  en: { title: 'Your session', line: (service, other) => `${service} with ${other}`, enter: 'Enter the room' },
  de: { title: 'Ihr Termin', line: (service, other) => `${service} mit ${other}`, enter: 'Raum betreten' },
}
