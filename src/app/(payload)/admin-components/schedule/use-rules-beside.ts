'use client'

import { useConfig } from '@payloadcms/ui'
import { useEffect, useState } from 'react'
import type { AvailabilitySchedule, ConsultantProfile } from '#payload-types'
import { explain, getJson } from '../lib/api'

/** What holds of a consultant beside the schedule that is edited. */
export type RulesBeside = { profile: ConsultantProfile; schedules: AvailabilitySchedule[] }

type Answer = { of?: string; beside?: RulesBeside; fault?: string }

/** The profile and the active schedules of a consultant, as they are stored; nothing while they are not there. */
export const useRulesBeside = (consultantId: string | undefined): Omit<Answer, 'of'> => {
  const { config } = useConfig()
  const base = config.routes.api
  const [answer, setAnswer] = useState<Answer>({})
  useEffect(() => {
    if (consultantId === undefined) return
    const stop = new AbortController()
    const query = new URLSearchParams({
      'where[consultant][equals]': consultantId,
      'where[isActive][equals]': 'true',
      depth: '0',
      limit: '100',
    })
    Promise.all([
      getJson(`${base}/consultant-profiles/${consultantId}?depth=0`, stop.signal) as Promise<ConsultantProfile>,
      getJson(`${base}/availability-schedules?${query.toString()}`, stop.signal) as Promise<{
        docs: AvailabilitySchedule[]
      }>,
    ])
      .then(([profile, { docs }]) => setAnswer({ of: consultantId, beside: { profile, schedules: docs } }))
      .catch((error: unknown) => {
        if (!stop.signal.aborted) setAnswer({ of: consultantId, fault: explain(error) })
      })
    return () => stop.abort()
  }, [base, consultantId])
  const { of, ...found } = answer
  return of === consultantId ? found : {}
}
