import { messages } from '../messages'
import type { ApiError } from './api-error'

/**
 * What to tell a visitor about a refusal. The codes that they can do something about have a text of ours; the others
 * (a policy, an illegal change) are explained best by the API itself, whose `detail` is written for people.
 */
export const errorText = (error: ApiError): string => {
  if (error.code === 'network') return messages.errors.network
  const own: Partial<Record<string, string>> = messages.errors.byCode
  return own[error.code] ?? error.message
}
