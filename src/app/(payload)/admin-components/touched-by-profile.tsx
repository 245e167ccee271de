'use client'

import { useDocumentInfo } from '@payloadcms/ui'
import { useMemo } from 'react'
import { computeTouchedSessions } from '#availability/rules/compute-touched-sessions'
import { readWrittenAvailability } from '#availability/rules/read-written-availability'
import { toRules } from '#availability/rules/to-rules'
import { TouchedSessions } from './schedule/touched-sessions'
import { useRulesBeside } from './schedule/use-rules-beside'
import { useWritten } from './schedule/use-written'

/** Which booked sessions the hours, breaks and absences in the form would touch. */
export const TouchedByProfile = () => {
  const { id } = useDocumentInfo()
  const { availability } = useWritten()
  const { beside, fault } = useRulesBeside(id === undefined ? undefined : String(id))
  const before = useMemo(() => beside && toRules(beside.profile, beside.schedules, beside.blocks), [beside])
  const sessions = useMemo(
    () =>
      beside && before
        ? computeTouchedSessions({ before, after: readWrittenAvailability(before, availability) }, beside.sessions)
        : [],
    [availability, before, beside],
  )
  if (fault !== undefined) return <p role="alert">{fault}</p>
  return before ? <TouchedSessions sessions={sessions} timeZone={before.timeZone} /> : null
}
