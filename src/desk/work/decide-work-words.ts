/** Why something is stuck, and what puts it right, in the words of people. */
export type WorkWords = { why: string; hint: string | null }

type Reason = {
  /** What the error says; the first row that fits counts. */
  when: RegExp
  /** Only where this provider did not do it. */
  provider?: string
  /** `{provider}` stands for its name. */
  why: string
  hint?: string
}

/**
 * What errors mean. Their kinds and codes are matched, not whole texts, which change; what fits nothing is said to be unknown, and shown as it is.
 * Rows that know a provider stand before those that fit anybody.
 */
const reasons: readonly Reason[] = [
  {
    when: /NeedsReauthError|has to be connected again/,
    why: 'The calendar does not let Parley in any more.',
    hint: 'Its owner connects it again under “My calendar”; everything that waits is done then.',
  },
  {
    when: /There is no channel "/,
    why: 'The way it was to be sent over is not installed any more.',
    hint: 'Install the extension again, or give it up.',
  },
  {
    when: /^(Error: )?RESEND_API_KEY is not set/,
    why: 'Mails are not set up: there is no key for Resend.',
    hint: 'Set RESEND_API_KEY and restart the processes.',
  },
  {
    when: /is not set up here/,
    why: '{provider} is not set up in this installation any more.',
    hint: 'Set it up again, or give it up: the session is held in the room that it has.',
  },
  {
    when: /daily_quota|monthly_quota|quota_exceeded|quotaExceeded|dailyLimit/i,
    why: "The account's quota at {provider} is used up.",
    hint: 'It goes on by itself when the quota begins anew. Ask {provider} for a larger one.',
  },
  {
    when: /\b429\b|rate.?limit|too many requests/i,
    why: '{provider} asked Parley to slow down.',
    hint: 'It goes on by itself.',
  },
  {
    provider: 'resend',
    when: /domain/i,
    why: 'Resend does not take mails from the address of the sender.',
    hint: 'Verify the domain of EMAIL_FROM at Resend, then try again.',
  },
  {
    when: /\b40[13]\b|invalid.?api.?key|missing_api_key|restricted_api_key|invalid_grant|unauthori[sz]ed|authentication|permission/i,
    why: '{provider} did not accept the key of this installation.',
    hint: 'Check the key in the settings and restart the processes, then try again.',
  },
  {
    provider: 'resend',
    when: /\b422\b|validation_error|invalid_to|invalid_parameter/i,
    why: 'Resend refused this mail. As a rule the address does not exist or is mistyped.',
    hint: 'Correct the address of the person, then try again.',
  },
  {
    when: /^NotVisibleYet/,
    why: 'Stripe speaks of a record that is not here.',
    hint: 'Try again. If it stays: a backup without it was restored, or another installation uses the same Stripe account.',
  },
  {
    when: /^FulfilmentMismatch/,
    why: 'What was paid at Stripe is not what was booked.',
    hint: 'Compare both before you do anything. Refund at Stripe if the payment was not meant for this session.',
  },
  {
    when: /insufficient.?funds|balance_insufficient|insufficient.*balance/i,
    why: "The platform's balance at Stripe is too small.",
    hint: 'Top it up at Stripe or wait for charges to become available, then try again.',
  },
  {
    when: /expired_or_canceled_card|lost_or_stolen_card|declined|charge_for_pending_refund_disputed/i,
    why: "The customer's card or bank does not take the money back.",
    hint: 'Return it another way, and write down how.',
  },
  {
    when: /charge_already_refunded|already been (?:fully )?refunded/i,
    why: 'The money was returned already, as a rule in Stripe’s dashboard.',
    hint: 'Nothing is left to do: give it up.',
  },
  {
    when: /account_(?:invalid|closed)|no such (?:destination|account)|capabilit/i,
    why: 'The account of the consultant at Stripe cannot be paid.',
    hint: 'They put it right on Stripe’s pages, then try again.',
  },
  {
    when: /not.?found|\b404\b|resource_missing|\b410\b|is gone|no such/i,
    why: '{provider} does not know what this is about any more.',
    hint: 'If somebody removed it there, give it up.',
  },
  {
    when: /Connection terminated|terminating connection|ECONNREFUSED.*5432|the database|recovery mode|too many clients|read-only|cannot execute|could not serialize|deadlock/i,
    why: 'The database was away or busy.',
    hint: 'Try again.',
  },
  {
    when: /no answer|did not answer|not ended within|timed? ?out|timeout|ETIMEDOUT|ECONNRE|ENOTFOUND|EAI_AGAIN|EPIPE|socket|fetch failed|network|aborted|unable to fetch|connection (?:error|to)/i,
    why: '{provider} could not be reached, or did not answer in time.',
    hint: 'It is tried again by itself. Look at the health below, and at the network of the worker.',
  },
  {
    when: /\b5\d\d\b|internal.?server.?error|application_error|bad gateway|unavailable|backendError/i,
    why: '{provider} has a fault of its own.',
    hint: 'It is tried again by itself.',
  },
  {
    when: /ZodError|RangeError|no stored data/,
    why: 'What was stored of it cannot be read.',
    hint: 'Trying again does not help. Report it, and give it up.',
  },
  {
    when: /Failed query|SQLSTATE|violates|IllegalTransition|TypeError|ReferenceError/,
    why: 'Parley itself failed. That is a fault of the program.',
    hint: 'Report it, with the line below. Trying again helps where the cause is gone.',
  },
]

const sentence = (text: string, provider: string): string => {
  const filled = text.replaceAll('{provider}', provider)
  return filled.charAt(0).toUpperCase() + filled.slice(1)
}

/**
 * @param work.error as it was noted; null: nothing went wrong that was noted.
 * @param work.provider whose machine it was, and how people call it.
 */
export const decideWorkWords = ({
  error,
  provider,
  tries,
}: {
  error: string | null
  provider: { name: string; label: string } | null
  tries: number
}): WorkWords => {
  if (error === null || error === '') {
    return tries === 0
      ? {
          why: 'No worker has taken it yet.',
          hint: 'Is a worker running, and does it keep up? Look at the health below.',
        }
      : { why: 'It was begun and did not come to its end. A worker may have been stopped.', hint: 'Try again.' }
  }
  const reason = reasons.find(
    (row) => (row.provider === undefined || row.provider === provider?.name) && row.when.test(error),
  )
  if (!reason)
    return { why: 'It failed for a reason that is not known here.', hint: 'The line below says what was noted.' }
  const label = provider?.label ?? 'the other side'
  return { why: sentence(reason.why, label), hint: reason.hint === undefined ? null : sentence(reason.hint, label) }
}
