import type { ApiError } from '../../(site)/_lib/api-error'
import { isPasskeyGivenUp } from '../../_factors/passkeys'
import type { AccountWords } from '../_words/en'
import { accountErrorText } from './account-error-text'

/** What to tell somebody about a second factor that was not taken, in their language. */
export const factorErrorText = (error: ApiError, words: AccountWords): string => {
  const { refused } = words.factor
  // What the browser throws comes as the cause of a fault of ours.
  if (error.status === 0 && isPasskeyGivenUp(error.cause)) return refused.passkey
  switch (error.code) {
    case 'second_factor_required':
      return refused.wrong
    case 'fresh_login_required':
      return words.factor.logInAgain
    case 'outside_policy':
      return words.factor.demanded
    case 'illegal_transition':
      return refused.state
    default:
      return accountErrorText(error, words)
  }
}

/** The same, for where it is shown. */
export const factorProblem = (error: ApiError, words: AccountWords): { text: string; isOldLogin: boolean } => ({
  text: factorErrorText(error, words),
  isOldLogin: error.code === 'fresh_login_required',
})
