'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Icon } from '../../../_components/icon'
import { ProblemNotice } from '../../../_components/problem-notice'
import { PageSkeleton } from '../../../_components/skeleton'
import { createSession } from '../../../_lib/api'
import { asApiError, type ApiError } from '../../../_lib/api-error'
import type { BookedSession, Consultant } from '../../../_lib/api-types'
import { checkSessionForm, toSessionInput } from '../../../_lib/booking-form'
import { expertHref } from '../../../_lib/booking-links'
import { addMinutes, dateOf } from '../../../_lib/dates'
import { settleDraft } from '../../../_lib/draft'
import { fieldFaults } from '../../../_lib/error-text'
import { goToCheckout } from '../../../_lib/go-to-checkout'
import { setHeldTime } from '../../../_lib/hold-store'
import { createSender } from '../../../_lib/idempotency'
import { bookingUrl, rememberToken } from '../../../_lib/manage-token'
import { isFree } from '../../../_lib/money'
import type { ServiceChoice } from '../../../_lib/service-choice'
import type { Form } from '../../../_lib/use-form'
import { useAttributeQuestions } from '../../../_lib/use-attribute-questions'
import { useHold } from '../../../_lib/use-hold'
import { forget } from '../../../_lib/use-query'
import { useTexts } from '../../../_lib/use-texts'
import { BookingSteps } from './booking-steps'
import { BookingSummary } from './booking-summary'
import { DetailsForm } from './details-form'
import { HoldStatus } from './hold-status'
import { TimeGone } from './time-gone'

type Props = { consultant: Consultant; choice: ServiceChoice; start: string; zone: string }

const isTimeGone = ({ code }: ApiError): boolean =>
  code === 'slot_taken' || code === 'slot_not_offered' || code === 'hold_expired'

/** Holds the time, asks for the details, books, and leads on to payment or confirmation. */
export const BookingFlow = ({ consultant, choice: { service, duration }, start, zone }: Props) => {
  const texts = useTexts()
  const text = texts.messages.book
  const router = useRouter()
  const { durationMinutes } = duration
  const { state, holdAgain } = useHold(
    { consultant: consultant.slug, serviceType: service.slug, start, durationMinutes },
    consultant.name,
  )
  const asked = useAttributeQuestions(service.slug)
  const attributes = asked.data
  const [send] = useState(() => createSender(createSession))
  const [progress, setProgress] = useState<'filling' | 'sending' | 'leaving'>('filling')
  const [failure, setFailure] = useState<{ error: ApiError; start: string }>()
  const [attempt, setAttempt] = useState(0)

  const held = state.phase === 'held' ? state.held : undefined
  const price = held?.price ?? duration.price
  // A failure belongs to the time it was met with; after choosing another one it is history.
  const error = failure?.start === start ? failure.error : undefined

  const finish = ({ session, manageToken, payment }: BookedSession): void => {
    rememberToken(session.reference, manageToken)
    setHeldTime(null)
    settleDraft('booking')
    forget('slots:')
    const manageUrl = bookingUrl(session.reference, manageToken)
    if (!payment) return router.replace(manageUrl)
    setProgress('leaving')
    goToCheckout(payment.checkoutUrl, manageUrl)
  }

  const submit = async (form: Form): Promise<void> => {
    if (!held || !attributes || progress !== 'filling') return
    const questions = service.intakeQuestions
    const faults = checkSessionForm(form.values, { questions, attributes }, texts.messages.validation)
    form.fail(faults)
    setAttempt((n) => n + 1)
    setFailure(undefined)
    if (faults.length > 0) return
    setProgress('sending')
    try {
      const input = { values: form.values, questions, attributes, timeZone: zone, holdToken: held.token }
      finish(await send(toSessionInput(input)))
    } catch (thrown) {
      setProgress('filling')
      const refusal = asApiError(thrown)
      if (refusal.errors.length > 0) {
        form.fail(fieldFaults(refusal.errors, texts))
        setAttempt((n) => n + 1)
        return
      }
      if (isTimeGone(refusal)) {
        setHeldTime(null)
        forget('slots:')
      }
      setFailure({ error: refusal, start })
    }
  }

  const goneError = [error, state.phase === 'refused' ? state.error : undefined].find((e) => e && isTimeGone(e))
  return (
    <>
      <nav className="breadcrumb">
        <Link href={expertHref(consultant.slug, { service: service.slug, durationMinutes, date: dateOf(start, zone) })}>
          <Icon name="left" />
          {text.back}
        </Link>
      </nav>
      <BookingSteps isFree={isFree(price)} />
      <div className="book">
        <BookingSummary
          consultant={consultant}
          service={service}
          price={price}
          start={start}
          end={addMinutes(start, durationMinutes)}
          zone={zone}
        >
          {goneError ? null : <HoldStatus state={state} onHoldAgain={holdAgain} />}
        </BookingSummary>
        <div className="book__main">
          <h1>{text.title}</h1>
          {goneError ? (
            <TimeGone
              error={goneError}
              wanted={{ consultant: consultant.slug, serviceType: service.slug, start, durationMinutes }}
              zone={zone}
              expertZone={consultant.timeZone}
            />
          ) : null}
          {state.phase === 'refused' && !isTimeGone(state.error) ? (
            <ProblemNotice error={state.error} onRetry={holdAgain} takesFocus />
          ) : null}
          {error && !isTimeGone(error) ? <ProblemNotice error={error} takesFocus /> : null}
          {asked.error && !attributes ? <ProblemNotice error={asked.error} onRetry={asked.reload} /> : null}
          {asked.isLoading && !attributes ? <PageSkeleton /> : null}
          {goneError || !attributes ? null : (
            <DetailsForm
              consultant={consultant}
              service={service}
              attributes={attributes}
              price={price}
              progress={progress}
              canSubmit={held !== undefined}
              attempt={attempt}
              onSubmit={(form) => void submit(form)}
            />
          )}
        </div>
      </div>
    </>
  )
}
