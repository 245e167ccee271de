'use client'

import { useDocumentInfo } from '@payloadcms/ui'
import { useMemo } from 'react'
import { relatedId } from '#access/related-id'
import { computeTouchedSessions } from '#availability/rules/compute-touched-sessions'
import { toRules } from '#availability/rules/to-rules'
import { TouchedSessions } from './schedule/touched-sessions'
import { type RulesBeside, useRulesBeside } from './schedule/use-rules-beside'
import { useWritten } from './schedule/use-written'

type Written = Readonly<Record<string, unknown>>

const instantOf = (value: unknown): number => {
  if (value instanceof Date) return value.getTime()
  return typeof value === 'string' ? Date.parse(value) : Number.NaN
}

const touchedBy = (beside: RulesBeside, { ownId, written }: { ownId: string | undefined; written: Written }) => {
  const { profile, schedules, sessions } = beside
  const others = beside.blocks.filter(({ id }) => id !== ownId)
  const before = toRules(profile, schedules, others)
  const [start, end] = [instantOf(written.startsAt), instantOf(written.endsAt)]
  if (Number.isNaN(start) || Number.isNaN(end)) return { before, inTheWay: [], later: [] }
  const inTheWay = sessions.filter((session) => session.start < end && session.end > start)
  const row = {
    startsAt: new Date(start).toISOString(),
    endsAt: new Date(end).toISOString(),
    isRecurring: written.isRecurring === true,
    recurrenceRule: typeof written.recurrenceRule === 'string' ? written.recurrenceRule : null,
  }
  const after = toRules(profile, schedules, [...others, row])
  const later = computeTouchedSessions({ before, after }, sessions).filter((session) => !inTheWay.includes(session))
  return { before, inTheWay, later }
}

/** Which booked sessions a block would meet: where it is first it cannot be saved over them, where it comes back they stay. */
export const BlockPreview = () => {
  const { data, id } = useDocumentInfo()
  const written = useWritten()
  const { beside, fault } = useRulesBeside(relatedId(written.consultant))
  const ownId = id === undefined ? undefined : String(id)
  const touched = useMemo(() => beside && touchedBy(beside, { ownId, written }), [beside, ownId, written])
  if (fault !== undefined) return <p role="alert">{fault}</p>
  // Published time and claims are not changed by hand.
  if (!touched || (data?.status !== undefined && data.status !== 'blocked')) return null
  const { timeZone } = touched.before
  return (
    <>
      <TouchedSessions isInTheWay sessions={touched.inTheWay} timeZone={timeZone} />
      <TouchedSessions sessions={touched.later} timeZone={timeZone} />
    </>
  )
}
