import type { FieldError } from '#shared/errors'
import type { ApiError } from './api-error'
import type { Texts } from './texts'

/** What the API says is English. */
const apiLanguage = 'en'

/**
 * What to tell a visitor about a refusal. The codes that they can do something about have a text of ours; the others
 * (a policy, an illegal change) are explained best by the API itself, whose `detail` is written for people who read English.
 */
export const errorText = (error: ApiError, { language, messages: { errors } }: Texts): string => {
  if (error.code === 'network') return errors.network
  return errors.byCode[error.code] ?? (language === apiLanguage ? error.message : errors.other)
}

/** What the API says to people, if that is the language of the page; it must not stand alone. */
export const inLanguageOfPage = (said: string | null | undefined, { language }: Pick<Texts, 'language'>): string =>
  language === apiLanguage ? (said ?? '') : ''

/** Faults that the API found in fields, for the reader of the page. */
export const fieldFaults = (faults: readonly FieldError[], { language, messages }: Texts): FieldError[] =>
  faults.map(({ path, message }) => ({
    path,
    message: language === apiLanguage ? message : messages.validation.refused,
  }))
