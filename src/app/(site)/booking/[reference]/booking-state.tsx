'use client'

import { Icon, type IconName } from '../../_components/icon'
import { Notice } from '../../_components/notice'
import type { Session, SessionStatus } from '../../_lib/api-types'
import { useTexts } from '../../_lib/use-texts'
import type { Texts } from '../../_lib/texts'
import type { SiteWords } from '../../_words/en'
import { isPaymentUnconfirmed, type CheckoutReturn } from './use-session'

type Said = SiteWords['booking']

type Look = { tone: 'good' | 'wait' | 'over'; icon: IconName }

const wait: Look = { tone: 'wait', icon: 'clock' }
const over: Look = { tone: 'over', icon: 'cross' }
const good: Look = { tone: 'good', icon: 'check' }

const looks: Readonly<Record<SessionStatus, Look>> = {
  pending_payment: { tone: 'wait', icon: 'card' },
  pending_confirmation: wait,
  scheduled: good,
  in_progress: { tone: 'good', icon: 'video' },
  completed: good,
  expired: over,
  declined: over,
  cancelled_by_user: over,
  cancelled_by_consultant: over,
  cancelled_by_operations: over,
  no_show_user: over,
  no_show_consultant: over,
  refunded: over,
}

/** A session that needs the expert's yes is sent to them only once the card is authorised. */
const awaitsPayment = ({ actions }: Session): boolean => actions.includes('pay')

const shownStatus = (session: Session): SessionStatus => (awaitsPayment(session) ? 'pending_payment' : session.status)

/** A free booking whose mailed link nobody has opened, or had in time. */
const awaitsLink = (session: Session): boolean => session.actions.includes('confirm_email')
const missedLink = ({ status, emailConfirmBy }: Session): boolean => status === 'expired' && emailConfirmBy !== null

const badgeOf = (session: Session, text: Said): string =>
  awaitsLink(session) ? text.toConfirm.status : text.status[shownStatus(session)]

const explanationOf = (
  session: Session,
  { zone, hasProof }: { zone: string; hasProof: boolean },
  { messages: { booking: text }, formats }: Texts,
): string => {
  const { emailConfirmBy } = session
  if (missedLink(session)) return text.toConfirm.expired
  if (!awaitsLink(session) || emailConfirmBy === null) return text.explain[shownStatus(session)]
  const until = formats.short(emailConfirmBy, { timeZone: zone })
  return hasProof ? text.toConfirm.press(until) : text.toConfirm.open(until)
}

const titleOf = (session: Session, isChecking: boolean, text: Said): string => {
  const status = shownStatus(session)
  if (isChecking) return text.paymentChecking
  if (awaitsLink(session)) return text.toConfirm.title
  if (status === 'scheduled') return text.booked
  if (status === 'pending_confirmation') return text.bookedPending
  return text.status[status]
}

type Props = {
  session: Session
  checkout: CheckoutReturn
  isPaymentSlow: boolean
  zone: string
  /** This tab has opened the mailed link. */
  hasProof: boolean
}

/** The one thing that matters first: where this booking stands. */
export const BookingState = ({ session, checkout, isPaymentSlow, zone, hasProof }: Props) => {
  const texts = useTexts()
  const text = texts.messages.booking
  const status = shownStatus(session)
  const isChecking = isPaymentUnconfirmed(session, checkout)
  const { tone, icon } = isChecking ? wait : looks[status]
  const explanation = isChecking ? text.paymentCheckingText : explanationOf(session, { zone, hasProof }, texts)
  return (
    <header className={`state state--${tone}`}>
      <span className={isChecking ? 'state__icon state__icon--busy' : 'state__icon'}>
        <Icon name={icon} />
      </span>
      <p className="state__badge" data-status={session.status}>
        {badgeOf(session, text)}
      </p>
      <h1>{titleOf(session, isChecking, text)}</h1>
      <p role="status" className="state__text">
        <span className="visually-hidden">{badgeOf(session, text)}. </span>
        {explanation}
      </p>
      {isChecking && isPaymentSlow ? (
        <Notice tone="info" icon="clock" title={text.paymentSlow}>
          <p>{text.paymentSlowText}</p>
        </Notice>
      ) : null}
      {awaitsPayment(session) && checkout === 'cancelled' ? (
        <Notice tone="warn" icon="alert" title={text.paymentCancelled}>
          <p>{text.paymentCancelledText}</p>
        </Notice>
      ) : null}
    </header>
  )
}
