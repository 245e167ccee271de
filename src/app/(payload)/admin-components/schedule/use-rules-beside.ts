'use client'

import { useConfig } from '@payloadcms/ui'
import { useEffect, useState } from 'react'
import type { AvailabilitySchedule, AvailabilitySlot, ConsultantProfile } from '#payload-types'
import { sessionClaimStates } from '#availability/slot-states'
import type { Interval } from '#availability/types'
import { explain, getJson } from '../lib/api'

/** A session that is booked (epoch ms). */
export type ListedSession = Interval & { id: string; reference: string; customer: string | undefined }

type Block = Pick<AvailabilitySlot, 'id' | 'startsAt' | 'endsAt' | 'isRecurring' | 'recurrenceRule' | 'timeZone'>

/** What is stored of a consultant beside what is edited: rules, and the sessions to come. */
export type RulesBeside = {
  profile: ConsultantProfile
  schedules: AvailabilitySchedule[]
  blocks: Block[]
  sessions: ListedSession[]
}

type Answer = { of?: string; beside?: RulesBeside; fault?: string }

type Claim = Pick<AvailabilitySlot, 'startsAt' | 'endsAt' | 'scheduledSession' | 'customer'>

const toListed = ({ startsAt, endsAt, scheduledSession, customer }: Claim): ListedSession[] => {
  if (typeof scheduledSession !== 'object' || scheduledSession === null) return []
  const { id, reference } = scheduledSession
  return [
    {
      ...{ id, reference: reference ?? id, start: Date.parse(startsAt), end: Date.parse(endsAt) },
      customer: typeof customer === 'object' ? customer?.name : undefined,
    },
  ]
}

/** The longest page that a list is served in. */
const mostListed = 200

const schedulesOf = (consultantId: string) => ({
  'where[consultant][equals]': consultantId,
  'where[isActive][equals]': 'true',
  depth: '0',
  limit: '100',
})

/** Consultants do not ask by what is theirs alone to read, so what comes back is picked out of what is found. */
const blocksOf = (consultantId: string) => ({
  'where[consultant][equals]': consultantId,
  'where[status][equals]': 'blocked',
  ...{ depth: '0', limit: String(mostListed), sort: '-startsAt' },
})

const claimsOf = (consultantId: string) => ({
  'where[consultant][equals]': consultantId,
  'where[status][in]': sessionClaimStates.join(','),
  'where[endsAt][greater_than]': new Date().toISOString(),
  'select[startsAt]': 'true',
  'select[endsAt]': 'true',
  // Whose it is decides who reads the rest of it.
  'select[consultant]': 'true',
  'select[scheduledSession]': 'true',
  'select[customer]': 'true',
  'populate[scheduled-sessions][reference]': 'true',
  'populate[customers][name]': 'true',
  'populate[consultant-profiles][slug]': 'true',
  ...{ depth: '1', limit: String(mostListed), sort: 'startsAt' },
})

/** Profile, active schedules, blocks that come back and the next sessions of a consultant, as they are stored; nothing while they are not there. */
export const useRulesBeside = (consultantId: string | undefined): Omit<Answer, 'of'> => {
  const { config } = useConfig()
  const base = config.routes.api
  const [answer, setAnswer] = useState<Answer>({})
  useEffect(() => {
    if (consultantId === undefined) return
    const stop = new AbortController()
    const list = async <Row>(collection: string, query: Record<string, string>): Promise<Row[]> => {
      const found = await getJson(`${base}/${collection}?${new URLSearchParams(query).toString()}`, stop.signal)
      return (found as { docs: Row[] }).docs
    }
    Promise.all([
      getJson(`${base}/consultant-profiles/${consultantId}?depth=0`, stop.signal) as Promise<ConsultantProfile>,
      list<AvailabilitySchedule>('availability-schedules', schedulesOf(consultantId)),
      list<Block>('availability-slots', blocksOf(consultantId)),
      list<Claim>('availability-slots', claimsOf(consultantId)),
    ])
      .then(([profile, schedules, allBlocks, claims]) => {
        const blocks = allBlocks.filter(({ isRecurring }) => isRecurring === true)
        setAnswer({ of: consultantId, beside: { profile, schedules, blocks, sessions: claims.flatMap(toListed) } })
      })
      .catch((error: unknown) => {
        if (!stop.signal.aborted) setAnswer({ of: consultantId, fault: explain(error) })
      })
    return () => stop.abort()
  }, [base, consultantId])
  const { of, ...found } = answer
  return of === consultantId ? found : {}
}
