import type Stripe from 'stripe'
import { formatMoney } from '#shared/money'
import type { DisputeEvidence } from '../dispute/dispute-evidence'

/** Stripe takes 150,000 characters over all fields. */
const maxFieldLength = 20_000

const field = (lines: readonly (string | null | false)[]): string =>
  lines
    .filter((line) => typeof line === 'string')
    .join('\n')
    .slice(0, maxFieldLength)

const utc = (instant: string): string => `${instant.slice(0, 16).replace('T', ' ')} UTC`

const percent = (share: number | null | undefined): string => `${share ?? 0} %`

const policyLines = ({ policy }: DisputeEvidence): string[] =>
  policy === null
    ? []
    : [
        `Shown before the booking and agreed to on ${utc(policy.acceptedAt)}, when it was made.`,
        `A customer who cancels at least ${policy.refundableBeforeHours} hours before the start gets ${percent(policy.refundPercentage)} of the price back,`,
        `one who cancels later ${percent(policy.lateRefundPercentage)}, one who does not come ${percent(policy.noShowRefundPercentage)}.`,
        'If the consultant or the platform cancels, or the consultant does not come, everything is returned.',
      ]

const attendanceLines = ({ attendance }: DisputeEvidence): string[] =>
  [
    ['The session was started', attendance.startedAt],
    ['The consultant joined', attendance.consultantJoinedAt],
    ['The customer joined', attendance.customerJoinedAt],
    ['The customer left', attendance.customerLeftAt],
    ['The consultant left', attendance.consultantLeftAt],
    ['The session ended', attendance.endedAt],
    ['The customer agreed to a recording', attendance.recordingConsentedAt],
  ].flatMap(([what, at]) => (at ? [`${utc(at)}  ${what}.`] : []))

const historyLines = ({ history, moves }: DisputeEvidence): string[] =>
  [
    ...history.map(({ at, from, to, by, reason }) => ({
      at,
      text: `${from ? `from "${from}" to "${to}"` : `made as "${to}"`} by ${by ?? 'system'}${reason ? ` (${reason})` : ''}`,
    })),
    ...moves.map(({ at, from, to, by }) => ({
      at,
      text: `moved${from ? ` from ${utc(from)}` : ''}${to ? ` to ${utc(to)}` : ''} by ${by ?? 'system'}`,
    })),
  ]
    .sort((one, other) => one.at.localeCompare(other.at))
    .map(({ at, text }) => `${utc(at)}  The booking was ${text}.`)

const messageLines = ({ messages }: DisputeEvidence): string[] =>
  messages.map(
    ({ at, to, title, sentAt }) => `${utc(at)}  To the ${to}: "${title}"${sentAt ? ', sent by e-mail' : ''}.`,
  )

const refundLines = ({ payment }: DisputeEvidence): string[] =>
  payment.refunds.map(
    ({ at, amount, status, reason }) =>
      `${utc(at)}  Refund of ${formatMoney({ amount, currency: payment.currency }, 'en-GB')} (${status})${reason ? `: ${reason}` : ''}.`,
  )

const refusalLines = (evidence: DisputeEvidence): string[] => {
  const { session, payment } = evidence
  const price = formatMoney({ amount: payment.amount, currency: payment.currency }, 'en-GB')
  const refunds = refundLines(evidence)
  return [
    session.cancellation
      ? `The booking was cancelled by the ${session.cancellation.by ?? 'customer'}${session.cancellation.at ? ` on ${utc(session.cancellation.at)}` : ''}; it was to begin on ${utc(session.startsAt)}.`
      : `The session is recorded as "${session.status}"; no cancellation reached us.`,
    refunds.length
      ? `Of ${price} was returned:`
      : `By the policy that was agreed nothing of ${price} was to be returned.`,
    ...refunds,
  ]
}

/** The bank's form, filled in from what was collected. The same evidence gives the same form. */
export const toStripeEvidence = (evidence: DisputeEvidence): Stripe.DisputeUpdateParams.Evidence => {
  const { customer, session, payment, review } = evidence
  const attendance = attendanceLines(evidence)
  return {
    customer_name: customer.name,
    customer_email_address: customer.email,
    product_description: field([
      `${session.service}: a consultation with ${session.consultant}, online, one to one (booking ${session.reference}, payment ${payment.reference}).`,
      session.problem !== null && `What the customer asked for: ${session.problem}`,
    ]),
    service_date: utc(session.startsAt),
    access_activity_log: field(attendance.length ? attendance : ['Attendance was not recorded by the meeting room.']),
    cancellation_policy_disclosure: field(policyLines(evidence)),
    refund_policy_disclosure: field(policyLines(evidence)),
    cancellation_rebuttal: field(refusalLines(evidence)),
    refund_refusal_explanation: field(refusalLines(evidence)),
    uncategorized_text: field([
      evidence.statement,
      review &&
        `The customer's review of ${utc(review.at)}: ${review.rating} of 5.${review.text ? ` "${review.text}"` : ''}`,
      'History of the booking:',
      ...historyLines(evidence),
      'Messages:',
      ...messageLines(evidence),
    ]),
  }
}
