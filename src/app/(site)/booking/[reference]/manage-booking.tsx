'use client'

import Link from 'next/link'
import { useSearchParams } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { sessionRow } from '#sessions/session-states'
import { EmptyState } from '../../_components/empty-state'
import { ProblemNotice } from '../../_components/problem-notice'
import { PageSkeleton } from '../../_components/skeleton'
import { Notice } from '../../_components/notice'
import type { Managed } from '../../_lib/api'
import type { Session } from '../../_lib/api-types'
import { expertHref } from '../../_lib/booking-links'
import { isFree } from '../../_lib/money'
import { useManaged } from '../../_lib/use-manage-token'
import { forget } from '../../_lib/use-query'
import { useVisitorZone } from '../../_lib/visitor-zone'
import { TimeZonePicker } from '../../_components/time-zone-picker'
import { useTexts } from '../../_lib/use-texts'
import { AddToCalendar } from './add-to-calendar'
import { BookingState } from './booking-state'
import { CancelDialog } from './cancel-dialog'
import { ClaimPanel } from './claim-panel'
import { ConfirmButton } from './confirm-button'
import { NoShowDialog } from './no-show-dialog'
import { PayButton } from './pay-button'
import { ReschedulePanel } from './reschedule-panel'
import { ReviewForm } from './review-form'
import { SessionDetails } from './session-details'
import { useSession, type CheckoutReturn } from './use-session'

const readReturn = (value: string | null): CheckoutReturn =>
  value === 'success' || value === 'cancelled' ? value : null

/** The page behind the manage link. What it offers is what the API says may be done now. */
export const ManageBooking = ({ reference }: { reference: string }) => {
  const { messages } = useTexts()
  const text = messages.booking
  const checkout = readReturn(useSearchParams().get('checkout'))
  const managed = useManaged(reference)
  const zone = useVisitorZone()
  const { data: session, error, reload, replace, isPaymentSlow } = useSession(managed, checkout)

  if (error?.code === 'not_found' || error?.code === 'unauthenticated') {
    return (
      <EmptyState level={1} icon="search" title={text.notFoundTitle} text={text.notFoundText}>
        <Link className="button" href="/">
          {messages.common.backToExperts}
        </Link>
      </EmptyState>
    )
  }
  if (error && !session) return <ProblemNotice error={error} onRetry={reload} />
  if (!session || !managed || zone === undefined) return <PageSkeleton />
  return (
    <Booking
      session={session}
      managed={managed}
      view={managed.view}
      proof={managed.mail}
      zone={zone}
      checkout={checkout}
      isPaymentSlow={isPaymentSlow}
      reload={reload}
      replace={replace}
    />
  )
}

type Props = {
  session: Session
  managed: Managed
  /** The part of the page that the address means. */
  view: string | undefined
  /** Shows that the mail with the link has arrived. */
  proof: string | undefined
  zone: string
  checkout: CheckoutReturn
  isPaymentSlow: boolean
  reload: () => void
  replace: (session: Session) => void
}

type Panel = 'reschedule' | 'cancel' | 'no-show' | null

const isCalendarWorthy = ({ status }: Session): boolean => sessionRow(status).phase === 'live'

const isOver = ({ status }: Session): boolean => sessionRow(status).terminal

const Booking = ({ session, managed, view, proof, zone, checkout, isPaymentSlow, reload, replace }: Props) => {
  const { formats, messages } = useTexts()
  const text = messages.booking
  const [panel, setPanel] = useState<Panel>(null)
  const [done, setDone] = useState<string>()
  const heading = useRef<HTMLDivElement>(null)
  const { actions } = session
  const can = (action: Session['actions'][number]): boolean => actions.includes(action)

  useEffect(() => {
    if (done) heading.current?.focus()
  }, [done])

  /** After a change: the result is said, and the focus goes to where it stands. */
  const finish = (result: string): void => {
    setPanel(null)
    setDone(result)
    forget('slots:')
  }

  return (
    <article className="booking">
      <BookingState
        session={session}
        checkout={checkout}
        isPaymentSlow={isPaymentSlow}
        zone={zone}
        hasProof={proof !== undefined}
      />
      <div ref={heading} tabIndex={-1} role="status" className="booking__done">
        {done ? <Notice tone="good" icon="check" title={done} /> : null}
      </div>
      {session.claim ? (
        <ClaimPanel
          session={session}
          claim={session.claim}
          managed={managed}
          zone={zone}
          onChanged={(changed, result) => {
            replace(changed)
            finish(result)
          }}
        />
      ) : null}
      {can('review') ? (
        <ReviewForm
          managed={managed}
          isWanted={view === 'review'}
          onSent={() => {
            finish(text.reviewThanks)
            reload()
          }}
        />
      ) : null}
      <div className="booking__columns">
        <section className="panel" aria-labelledby="details-heading">
          <h2 id="details-heading">{text.details}</h2>
          <TimeZonePicker zone={zone} />
          <SessionDetails session={session} managed={managed} zone={zone} />
        </section>
        <div className="booking__side">
          {can('confirm_email') && proof !== undefined ? (
            <ConfirmButton
              managed={managed}
              proof={proof}
              onConfirmed={(confirmed) => {
                replace(confirmed)
                finish(text.toConfirm.done)
              }}
              onRefused={reload}
            />
          ) : null}
          {can('pay') ? <PayButton session={session} managed={managed} onChanged={reload} /> : null}
          {can('join') && session.meeting?.joinUrl ? (
            <div className="booking__join">
              <a
                className="button button--large button--wide"
                href={session.meeting.joinUrl}
                target="_blank"
                rel="noreferrer"
              >
                {text.join}
              </a>
              <p className="muted">{text.joinHint}</p>
            </div>
          ) : null}
          {isCalendarWorthy(session) ? <AddToCalendar session={session} managed={managed} /> : null}
          {can('reschedule') || can('cancel') || can('no-show') ? (
            <div className="booking__changes">
              {can('reschedule') ? (
                <button
                  type="button"
                  className="button button--quiet button--wide"
                  aria-expanded={panel === 'reschedule'}
                  onClick={() => setPanel(panel === 'reschedule' ? null : 'reschedule')}
                >
                  {text.reschedule}
                </button>
              ) : null}
              {can('cancel') ? (
                <button type="button" className="button button--danger button--wide" onClick={() => setPanel('cancel')}>
                  {text.cancel}
                </button>
              ) : null}
              {can('no-show') ? (
                <button
                  type="button"
                  className="button button--quiet button--wide"
                  aria-haspopup="dialog"
                  onClick={() => setPanel('no-show')}
                >
                  {text.noShow.button}
                </button>
              ) : null}
            </div>
          ) : null}
          {isOver(session) ? (
            <Link
              className="button button--quiet button--wide"
              href={expertHref(session.consultant.slug, { service: session.serviceType.slug })}
            >
              {text.again}
            </Link>
          ) : null}
        </div>
      </div>

      {panel === 'reschedule' && can('reschedule') ? (
        <ReschedulePanel
          session={session}
          managed={managed}
          zone={zone}
          onClose={() => setPanel(null)}
          onMoved={(moved) => {
            replace(moved)
            finish(text.rescheduled(formats.short(moved.start, { timeZone: zone })))
          }}
        />
      ) : null}
      {panel === 'no-show' ? (
        <NoShowDialog
          session={session}
          managed={managed}
          onClose={() => setPanel(null)}
          onReported={(reported, result) => {
            replace(reported)
            finish(result)
          }}
        />
      ) : null}
      {panel === 'cancel' ? (
        <CancelDialog
          session={session}
          managed={managed}
          zone={zone}
          onClose={() => setPanel(null)}
          onCancelled={({ session: cancelled, refund }) => {
            replace(cancelled)
            finish(refund && !isFree(refund) ? text.cancelledRefund(formats.money(refund)) : text.cancelled)
          }}
        />
      ) : null}
    </article>
  )
}
