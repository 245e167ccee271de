import type { MessageTemplate } from '#payload-types'
import { openTable } from '#shared/open-table'
import type { Catalogue } from './catalogue/catalogue-words'
import { de } from './catalogue/de'
import { en } from './catalogue/en'

/** A language that messages are written in. */
export type LanguageDefinition = {
  /** What it calls itself: `Français`. */
  label: string
  /** For dates and money where the recipient names no region: `fr-FR`. */
  locale: string
  catalogue: Catalogue
}

/** A language by its name, which is the tag without a region: `fr`. An installation's own are in its generated types. */
export type MessageLanguage = NonNullable<MessageTemplate['templates']>[number]['language']

const english: LanguageDefinition = { label: 'English', locale: 'en-GB', catalogue: { phrases: en } }

/** The languages that messages are written in; the words of each kind stand beside the kind. */
export const messageLanguages = openTable<LanguageDefinition, MessageLanguage>('language', {
  en: english,
  de: { label: 'Deutsch', locale: 'de-DE', catalogue: { phrases: de } },
})

/**
 * The language to write in and the locale to format with, for any BCP 47 tag: `de-AT` is German with Austrian dates, `en`
 * English with British ones, what is not spoken here becomes English.
 */
export const chooseLanguage = (tag: string | null | undefined): { language: MessageLanguage; locale: string } => {
  const fallback = { language: 'en', locale: english.locale } as const
  if (!tag) return fallback
  let locale: Intl.Locale
  try {
    locale = new Intl.Locale(tag)
  } catch {
    return fallback
  }
  if (!messageLanguages.has(locale.language)) return fallback
  const { locale: usual } = messageLanguages.row(locale.language)
  // Extensions (another calendar, other digits) are dropped: a mail is read by more than the one who set them.
  return { language: locale.language, locale: locale.region ? `${locale.language}-${locale.region}` : usual }
}
