import type { DomainError, ErrorCode } from '#shared/errors'
import type { Answer } from './answer'
import { decisionPage } from './decision-page'
import { toDomainError } from './problem-response'
import type { PageLanguage } from './page-language'

type Words = { title: string; of: (refusal: DomainError) => string }

/** By code: what a refusal says itself is English. */
const german: Partial<Record<ErrorCode, string>> = {
  invalid_request: 'Dieser Link ist nicht vollständig. Nehmen Sie ihn ganz aus der Mail.',
  not_found: 'Das haben wir nicht gefunden. Nehmen Sie den ganzen Link aus der Mail.',
  slot_taken: 'Diese Zeit ist inzwischen vergeben.',
  illegal_transition: 'Das ist jetzt nicht möglich: Der Termin ist vorbei, wurde abgesagt oder hat sich geändert.',
  outside_policy: 'Die Regeln dieser Buchung erlauben das nicht.',
  rate_limited: 'Zu viele Versuche in kurzer Zeit. Bitte warten Sie einen Moment.',
}

const words: Record<PageLanguage['language'], Words> = {
  en: { title: 'That is not possible', of: ({ message }) => message },
  de: {
    title: 'Das ist nicht möglich',
    of: ({ code }) => german[code] ?? 'Bitte versuchen Sie es später noch einmal.',
  },
}

/** A refusal as a page, in the language of whoever looks at it: who follows a link of a mail sees no JSON. */
export const orRefusalPage = async (
  { language }: Pick<PageLanguage, 'language'>,
  run: () => Promise<Answer>,
): Promise<Answer> => {
  try {
    return await run()
  } catch (error) {
    const refusal = toDomainError(error)
    if (!refusal) throw error
    const { title, of } = words[language]
    return decisionPage({ language, title, lines: [of(refusal)], buttons: [] }, refusal.status)
  }
}
