/** An error as the SDK reports it; `statusCode` is null when no answer came. */
export type ResendError = { name: string; message: string; statusCode: number | null }

/**
 * `sent`: the provider has the mail already. `refused`: it will never take this mail. `retry`: it may take it later, and
 * whether it has it already is not known; the key keeps it from being sent twice.
 */
export type ResendVerdict = 'sent' | 'refused' | 'retry'

/**
 * What an error says about the mail. Faults of the account (key, quota, domain) are no fault of the mail: it waits until
 * they are put right. A key that was used for another text means that this message went out in an earlier try, before a
 * word of it (a name, a template) was changed.
 */
export const classifyResendError = ({ name, statusCode }: ResendError): ResendVerdict => {
  if (name === 'invalid_idempotent_request') return 'sent'
  if (name === 'concurrent_idempotent_requests') return 'retry'
  if (statusCode === null || statusCode >= 500) return 'retry'
  if ([401, 403, 408, 425, 429].includes(statusCode)) return 'retry'
  return 'refused'
}
