import { cleanLine, cleanParagraph } from '#shared/clean-text'
import { placeholdersIn } from './render/fill-placeholders'
import type { MessageLanguage } from './languages'
import type { MessageAudience, MessageKind, MessageText } from './message-kinds'
import { placeholdersOf } from './render/message-values'

/** What operations changed about one message; what is empty stays as the catalogue says. */
export type MessageOverride = { subject?: string | null; intro?: string | null }

/** One row as operations edit it. Without an audience it holds for every audience of the kind. */
export type MessageOverrideRow = MessageOverride & {
  kind: MessageKind
  language: MessageLanguage
  audience?: MessageAudience | null
}

/** The row for this message: one for the very audience goes before one for all. */
export const findOverride = ({
  rows,
  kind,
  audience,
  language,
}: {
  rows: readonly MessageOverrideRow[]
  kind: MessageKind
  audience: MessageAudience
  language: MessageLanguage
}): MessageOverride | undefined => {
  const fitting = rows.filter((row) => row.kind === kind && row.language === language)
  return fitting.find((row) => row.audience === audience) ?? fitting.find((row) => !row.audience)
}

/** The placeholders in an edited text that this kind does not have; the admin refuses to save them. */
export const unknownPlaceholders = (kind: MessageKind, text: string): string[] => {
  const known = placeholdersOf(kind)
  return placeholdersIn(text).filter((name) => !known.includes(name))
}

/**
 * The catalogue's text with the edited parts in place. An edit that uses a placeholder which the kind does not have (an
 * older row) is left aside: a right mail in the standard words is better than none.
 */
export const applyOverride = ({
  kind,
  text,
  override,
}: {
  kind: MessageKind
  text: MessageText
  override: MessageOverride | undefined
}): MessageText => {
  const usable = (edited: string | null | undefined): string =>
    edited?.trim() && unknownPlaceholders(kind, edited).length === 0 ? edited : ''
  return {
    ...text,
    subject: cleanLine(usable(override?.subject), 300) || text.subject,
    intro: cleanParagraph(usable(override?.intro), 2000) || text.intro,
  }
}
