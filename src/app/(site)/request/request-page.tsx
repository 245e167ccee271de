'use client'

import { useSearchParams } from 'next/navigation'
import { ProblemNotice } from '../_components/problem-notice'
import { PageSkeleton } from '../_components/skeleton'
import { listServiceTypes } from '../_lib/api'
import { useQuery } from '../_lib/use-query'
import { useVisitorZone } from '../_lib/visitor-zone'
import { useTexts } from '../_lib/use-texts'
import { RequestForm } from './request-form'

/** Asking for help before a time is fixed. */
export const RequestPage = () => {
  const { messages } = useTexts()
  const search = useSearchParams()
  const zone = useVisitorZone()
  const {
    data: services,
    error,
    reload,
  } = useQuery({ key: 'service-types', load: listServiceTypes, maxAgeMs: 300_000 })

  if (error && !services) return <ProblemNotice error={error} onRetry={reload} />
  if (!services || zone === undefined) return <PageSkeleton />
  const expert = search.get('expert') ?? ''
  const service = search.get('service') ?? ''
  return (
    <div className="narrow">
      <h1>{messages.request.title}</h1>
      <p className="lead">{messages.request.intro}</p>
      <RequestForm services={services} wanted={{ expert, service }} zone={zone} key={`${expert} ${service}`} />
    </div>
  )
}
