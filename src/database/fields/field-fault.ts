import { inLanguage, type Label } from '#shared/words'

/** What a check of a field is given, as far as it matters for the language of what it says. */
type Asked = { req?: { i18n?: { language: string }; payloadAPI?: unknown } }

/** What is wrong with a field, in the language of whoever sent it; English where nobody asked, and for GraphQL, which programs read. */
export const faultIn = ({ req }: Asked, words: Label): string =>
  inLanguage(words, req?.payloadAPI === 'GraphQL' ? 'en' : (req?.i18n?.language ?? 'en'))

export const requiredFault = { en: 'This field is required.', de: 'Dieses Feld ist erforderlich.' } as const
