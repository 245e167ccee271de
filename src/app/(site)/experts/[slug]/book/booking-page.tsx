'use client'

import Link from 'next/link'
import { useSearchParams } from 'next/navigation'
import { EmptyState } from '../../../_components/empty-state'
import { ProblemNotice } from '../../../_components/problem-notice'
import { PageSkeleton } from '../../../_components/skeleton'
import { expertHref } from '../../../_lib/booking-links'
import type { ServiceChoice } from '../../../_lib/service-choice'
import type { Consultant } from '../../../_lib/api-types'
import { useConsultant } from '../../../_lib/use-consultant'
import { useVisitorZone } from '../../../_lib/visitor-zone'
import { useTexts } from '../../../_lib/use-texts'
import { BookingFlow } from './booking-flow'

const findChoice = (consultant: Consultant, search: Pick<URLSearchParams, 'get'>): ServiceChoice | undefined => {
  const service = consultant.serviceTypes.find(({ slug }) => slug === search.get('serviceType'))
  const minutes = Number(search.get('duration') ?? service?.defaultDurationMinutes)
  const duration = service?.durations.find(({ durationMinutes }) => durationMinutes === minutes)
  return service && duration && { service, duration }
}

const isInstant = (text: string | null): text is string =>
  text !== null && /T.+(Z|[+-]\d\d:?\d\d)$/.test(text) && !Number.isNaN(Date.parse(text))

/** Reads the choice from the address; the flow begins when it is complete and still offered. */
export const BookingPage = ({ slug }: { slug: string }) => {
  const { messages } = useTexts()
  const text = messages.book
  const search = useSearchParams()
  const zone = useVisitorZone()
  const { data: consultant, error, reload } = useConsultant(slug)

  if (error?.code === 'not_found') {
    return (
      <EmptyState level={1} icon="search" title={messages.expert.notFoundTitle} text={messages.expert.notFoundText}>
        <Link className="button" href="/">
          {messages.common.backToExperts}
        </Link>
      </EmptyState>
    )
  }
  if (error && !consultant) return <ProblemNotice error={error} onRetry={reload} />
  if (!consultant || zone === undefined) return <PageSkeleton />

  const choice = findChoice(consultant, search)
  // A plus sign that somebody's mail program turned into a space is still an offset.
  const start = search.get('start')?.replace(' ', '+') ?? null
  if (!choice || !isInstant(start)) {
    return (
      <EmptyState level={1} icon="calendar" title={text.incompleteTitle} text={text.incompleteText}>
        <Link className="button" href={expertHref(slug)}>
          {text.allTimes}
        </Link>
      </EmptyState>
    )
  }
  return <BookingFlow consultant={consultant} choice={choice} start={start} zone={zone} />
}
