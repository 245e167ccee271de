'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { EmptyState } from '../../_components/empty-state'
import { Icon, type IconName } from '../../_components/icon'
import { ProblemNotice } from '../../_components/problem-notice'
import { PageSkeleton } from '../../_components/skeleton'
import { TimeZonePicker } from '../../_components/time-zone-picker'
import { getRequest, type Managed } from '../../_lib/api'
import type { BookedSession, ConsultationRequest, RequestStatus } from '../../_lib/api-types'
import { expertHref } from '../../_lib/booking-links'
import { goToCheckout } from '../../_lib/go-to-checkout'
import { bookingUrl, recallToken, rememberToken } from '../../_lib/manage-token'
import { useManaged } from '../../_lib/use-manage-token'
import { useQuery } from '../../_lib/use-query'
import { useRefresh } from '../../_lib/use-refresh'
import { useVisitorZone } from '../../_lib/visitor-zone'
import { useTexts } from '../../_lib/use-texts'
import { CancelRequestDialog } from './cancel-request-dialog'
import { ProposedTimes } from './proposed-times'
const refreshMs = 30_000

const looks: Readonly<Record<RequestStatus, { tone: 'good' | 'wait' | 'over'; icon: IconName }>> = {
  pending: { tone: 'wait', icon: 'clock' },
  pending_assignment: { tone: 'wait', icon: 'search' },
  pending_confirmation: { tone: 'wait', icon: 'calendar' },
  scheduled: { tone: 'good', icon: 'check' },
  completed: { tone: 'good', icon: 'check' },
  cancelled: { tone: 'over', icon: 'cross' },
  rejected: { tone: 'over', icon: 'cross' },
  expired: { tone: 'over', icon: 'cross' },
}

/** The page behind the link of a request: where it stands, the proposed times, and giving it up. */
export const ManageRequest = ({ reference }: { reference: string }) => {
  const text = useTexts().messages.request
  const managed = useManaged(reference)
  const zone = useVisitorZone()
  const {
    data: request,
    error,
    reload,
  } = useQuery({
    key: managed ? `request:${managed.reference}:${managed.token ?? ''}` : null,
    load: () => getRequest(managed ?? { reference, token: undefined }),
    maxAgeMs: 0,
  })
  useRefresh(reload, request ? refreshMs : null)

  if (error?.code === 'not_found' || error?.code === 'unauthenticated') {
    return (
      <EmptyState level={1} icon="search" title={text.notFoundTitle} text={text.notFoundText}>
        <Link className="button" href="/request">
          {text.again}
        </Link>
      </EmptyState>
    )
  }
  if (error && !request) return <ProblemNotice error={error} onRetry={reload} />
  if (!request || !managed || zone === undefined) return <PageSkeleton />
  return <Request request={request} managed={managed} zone={zone} reload={reload} />
}

type Props = { request: ConsultationRequest; managed: Managed; zone: string; reload: () => void }

const Request = ({ request, managed, zone, reload }: Props) => {
  const { messages } = useTexts()
  const text = messages.request
  const router = useRouter()
  const [isCancelling, setIsCancelling] = useState(false)
  const { status, actions, session } = request
  const { tone, icon } = looks[status]
  const sessionToken = session ? recallToken(session.reference) : undefined

  const open = ({ session: booked, manageToken, payment }: BookedSession): void => {
    rememberToken(booked.reference, manageToken)
    const manageUrl = bookingUrl(booked.reference, manageToken)
    if (payment) goToCheckout(payment.checkoutUrl, manageUrl)
    else router.push(manageUrl)
  }

  return (
    <article className="booking">
      <header className={`state state--${tone}`}>
        <span className="state__icon">
          <Icon name={icon} />
        </span>
        <p className="state__badge" data-status={status}>
          {text.status[status]}
        </p>
        <h1>{text.heading}</h1>
        <p role="status" className="state__text">
          <span className="visually-hidden">{text.status[status]}. </span>
          {status === 'pending_confirmation' && request.proposedTimes.length === 0
            ? text.waitingForTimes
            : text.explain[status]}
        </p>
        {session ? (
          sessionToken ? (
            <Link className="button" href={bookingUrl(session.reference, sessionToken)}>
              {messages.booking.heading}
            </Link>
          ) : (
            <p>{text.openBooking}</p>
          )
        ) : null}
      </header>
      <div className="booking__columns">
        <section className="panel" aria-labelledby="details-heading">
          <h2 id="details-heading">{messages.booking.details}</h2>
          <TimeZonePicker zone={zone} />
          <RequestDetails request={request} zone={zone} />
        </section>
        <div className="booking__side">
          {request.proposedTimes.length > 0 && actions.includes('accept') ? (
            <ProposedTimes request={request} managed={managed} zone={zone} onAccepted={open} onRefused={reload} />
          ) : null}
          {actions.includes('cancel') ? (
            <button type="button" className="button button--danger button--wide" onClick={() => setIsCancelling(true)}>
              {text.cancel}
            </button>
          ) : null}
          {tone === 'over' ? (
            <Link className="button button--quiet button--wide" href="/request">
              {text.again}
            </Link>
          ) : null}
        </div>
      </div>
      {isCancelling ? (
        <CancelRequestDialog
          managed={managed}
          onClose={() => setIsCancelling(false)}
          onCancelled={() => {
            setIsCancelling(false)
            reload()
          }}
        />
      ) : null}
    </article>
  )
}

const RequestDetails = ({ request, zone }: { request: ConsultationRequest; zone: string }) => {
  const { formats, messages } = useTexts()
  const text = messages.request
  const { serviceType, consultant, problem, preferredStart, preferredEnd, rejectionReason, reference } = request
  const period = [preferredStart, preferredEnd].flatMap((at) => (at ? formats.short(at, { timeZone: zone }) : []))
  return (
    <dl className="details">
      <div>
        <dt>{text.service}</dt>
        <dd>{serviceType.name}</dd>
      </div>
      {consultant ? (
        <div>
          <dt>{messages.booking.expert}</dt>
          <dd>
            <Link href={expertHref(consultant.slug)}>{consultant.name}</Link>
          </dd>
        </div>
      ) : null}
      {period.length > 0 ? (
        <div>
          <dt>{text.period}</dt>
          <dd>{period.join(' – ')}</dd>
        </div>
      ) : null}
      <div>
        <dt>{messages.book.sectionProblem}</dt>
        <dd className="prose">
          {problem.title ? (
            <>
              <strong>{problem.title}</strong>
              <br />
            </>
          ) : null}
          {problem.description}
        </dd>
      </div>
      {rejectionReason ? (
        <div>
          <dt>{text.reason}</dt>
          <dd className="prose">{rejectionReason}</dd>
        </div>
      ) : null}
      {request.expiresAt && request.actions.length > 0 ? (
        <div>
          <dt>{text.answerUntil}</dt>
          <dd>{formats.short(request.expiresAt, { timeZone: zone })}</dd>
        </div>
      ) : null}
      <div>
        <dt>{messages.booking.reference}</dt>
        <dd>
          <code>{reference}</code>
        </dd>
      </div>
    </dl>
  )
}
