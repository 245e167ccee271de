/** The languages that messages are written in, and the locale for dates and money where the recipient names none. */
export const messageLanguages = {
  en: { label: 'English', locale: 'en-GB' },
  de: { label: 'Deutsch', locale: 'de-DE' },
} as const satisfies Record<string, { label: string; locale: string }>

export type MessageLanguage = keyof typeof messageLanguages

// Object.keys gives string[]; the table's keys are exactly the languages.
export const messageLanguageNames = Object.keys(messageLanguages) as MessageLanguage[]

const isMessageLanguage = (name: string): name is MessageLanguage => Object.hasOwn(messageLanguages, name)

/**
 * The language to write in and the locale to format with, for any BCP 47 tag: `de-AT` is German with Austrian dates, `en`
 * English with British ones, what is not spoken here becomes English.
 */
export const chooseLanguage = (tag: string | null | undefined): { language: MessageLanguage; locale: string } => {
  const fallback = { language: 'en', locale: messageLanguages.en.locale } as const
  if (!tag) return fallback
  let locale: Intl.Locale
  try {
    locale = new Intl.Locale(tag)
  } catch {
    return fallback
  }
  if (!isMessageLanguage(locale.language)) return fallback
  const { locale: usual } = messageLanguages[locale.language]
  // Extensions (another calendar, other digits) are dropped: a mail is read by more than the one who set them.
  return { language: locale.language, locale: locale.region ? `${locale.language}-${locale.region}` : usual }
}
