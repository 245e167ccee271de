import type { ApiError } from '../../(site)/_lib/api-error'
import type { AccountWords } from '../_words/en'
import type { AccountOutcome } from './account-outcome'

/** What to tell somebody about a refusal, in their language; what the API says of it is English. */
export const accountErrorText = ({ code, status }: Pick<ApiError, 'code' | 'status'>, words: AccountWords): string => {
  const { errors } = words
  switch (code) {
    case 'network':
    case 'rate_limited':
    case 'unauthenticated':
    case 'invalid_request':
    case 'not_found':
    case 'fresh_login_required':
    case 'provider_failed':
      return errors[code]
    case 'link_expired':
      return errors.link_used
    case 'illegal_transition':
      return errors.last_way
    default:
      return status === 400 ? errors.invalid_request : errors.other
  }
}

/** What to show of a refusal. */
export const refusedOutcome = (error: Pick<ApiError, 'code'>, fault: string): AccountOutcome => ({
  fault,
  isOldLogin: error.code === 'fresh_login_required',
})
