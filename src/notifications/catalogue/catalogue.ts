import { type MessageLanguage, messageLanguages } from '../languages'
import { type MessageAudience, type MessageKind, messageKindRow, type MessageText } from '../message-kinds'
import type { Phrases } from './catalogue-words'
import { en } from './en'

type Words = { readonly [name: string]: string | Words | undefined }

/** The standard words with another's in their place, as far as there are any. */
const withOwn = (standard: Words, own: Words): Words =>
  Object.fromEntries(
    Object.entries(standard).map(([name, words]) => {
      const other = own[name]
      if (typeof words === 'object' && typeof other === 'object') return [name, withOwn(words, other)]
      return [name, other ?? words]
    }),
  )

export const phrasesOf = (language: MessageLanguage): Phrases => {
  const { phrases } = messageLanguages.row(language).catalogue
  // It has the names of the English ones, and the check at the start has seen that those of the language mean the same.
  return phrases === undefined ? en : (withOwn(en, phrases) as Phrases)
}

/**
 * The words of one kind for one audience: those that the kind brings along, else those of the language, else the English ones,
 * text by text.
 * @throws RangeError when that kind is not written for that audience.
 */
export const messageTextOf = ({
  kind,
  audience,
  language,
}: {
  kind: MessageKind
  audience: MessageAudience
  language: MessageLanguage
}): MessageText => {
  const { words } = messageKindRow(kind)
  const { subject, heading, intro, action } = {
    ...words.en?.[audience],
    ...messageLanguages.row(language).catalogue.messages?.[kind]?.[audience],
    ...words[language]?.[audience],
  }
  if (subject === undefined || heading === undefined || intro === undefined || action === undefined) {
    throw new RangeError(`The message ${kind} is not written for ${audience}.`)
  }
  return { subject, heading, intro, action }
}
