import type { MessageAudience, MessageKind } from '../message-kinds'
import type { MessageLanguage } from '../languages'
import type { Catalogue, MessageText, Phrases } from './catalogue-words'
import { de } from './de'
import { en } from './en'

const catalogues: Record<MessageLanguage, Catalogue> = { en, de }

export const phrasesOf = (language: MessageLanguage): Phrases => catalogues[language].phrases

/**
 * The words of one kind for one audience.
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
  const texts: Partial<Record<MessageAudience, MessageText>> = catalogues[language].messages[kind]
  const text = texts[audience]
  if (!text) throw new RangeError(`The message ${kind} is not written for ${audience}.`)
  return text
}
