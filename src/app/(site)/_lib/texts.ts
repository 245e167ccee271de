import type { SiteWords } from '../_words/en'
import { siteWords } from '../_words/site-words'
import type { Spoken } from './languages'
import { createFormats, type Formats } from './format'

/** Everything that a page says, in the language of whoever looks at it. */
export type Texts = Spoken & { messages: SiteWords; formats: Formats }

const made = new Map<string, Texts>()

export const textsIn = ({ language, locale }: Spoken): Texts => {
  const key = `${language} ${locale}`
  const known = made.get(key)
  if (known) return known
  const messages = siteWords[language]
  const texts = { language, locale, messages, formats: createFormats({ language, locale }, messages) }
  made.set(key, texts)
  return texts
}
