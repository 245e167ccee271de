'use client'

import { Button, useDocumentInfo } from '@payloadcms/ui'
import { useMemo, useState } from 'react'
import { relatedId } from '#access/related-id'
import { computeOpenDays } from '#availability/rules/compute-open-days'
import { readWrittenSchedule } from '#availability/rules/read-written-schedule'
import { computeTouchedSessions } from '#availability/rules/compute-touched-sessions'
import { toRules } from '#availability/rules/to-rules'
import type { AvailabilityRules } from '#availability/types'
import { ScheduleWeeks } from './schedule/schedule-weeks'
import { TouchedSessions } from './schedule/touched-sessions'
import { type RulesBeside, useRulesBeside } from './schedule/use-rules-beside'
import { useWords } from './lib/use-words'
import { useWritten } from './schedule/use-written'

const shownDays = 14
/** Two years: as far as anything can be booked. */
const lastPage = 52

/** A schedule that is not stored yet is newer than all that are: ids are ordered by time. */
const idOfNew = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

const storedRules = ({ profile, schedules, blocks }: RulesBeside): AvailabilityRules =>
  toRules(profile, schedules, blocks)

const rulesWith = (beside: RulesBeside, id: string, written: Record<string, unknown>): AvailabilityRules => {
  const rules = storedRules(beside)
  const others = rules.schedules.filter((schedule) => schedule.id !== id)
  return { ...rules, schedules: written.isActive === false ? others : [...others, readWrittenSchedule(id, written)] }
}

/** The next weeks as they would be with what stands in the form, and with all else that holds for the consultant. */
export const SchedulePreview = () => {
  const { say } = useWords()
  const { id: storedId } = useDocumentInfo()
  const [now] = useState(() => Date.now())
  const [page, setPage] = useState(0)
  const written = useWritten()
  const consultant = relatedId(written.consultant)
  const { beside, fault } = useRulesBeside(consultant)
  const id = storedId === undefined ? idOfNew : String(storedId)
  const rules = useMemo(() => beside && rulesWith(beside, id, written), [beside, id, written])
  const days = useMemo(
    () => rules && computeOpenDays(rules, { from: now, skipDays: page * shownDays, days: shownDays }),
    [rules, now, page],
  )
  const touched = useMemo(
    () =>
      beside && rules ? computeTouchedSessions({ before: storedRules(beside), after: rules }, beside.sessions) : [],
    [beside, rules],
  )
  const nameOf = (scheduleId: string): string => {
    if (scheduleId === id) return say('this schedule')
    const other = beside?.schedules.find((schedule) => schedule.id === scheduleId)
    return `“${other?.name ?? say('Schedule')}”`
  }
  return (
    <section aria-labelledby="parley-schedule-preview" className="parley-schedule-preview">
      <h3 id="parley-schedule-preview">{say('The next weeks')}</h3>
      <p className="parley-quiet">
        {say(
          'With what stands in this form, saved or not, less breaks and blocks that come back; sessions, single blocks and calendars are not looked at.',
        )}
        {rules ? ` ${say('Times are in {zone}.', { zone: rules.timeZone })}` : ''}
      </p>
      {fault === undefined ? null : <p role="alert">{fault}</p>}
      {consultant === undefined ? <p>{say('Choose a consultant to see them.')}</p> : null}
      {rules && !rules.isAvailable ? (
        <p className="parley-warning">{say('The consultant takes no bookings: everything is closed.')}</p>
      ) : null}
      {written.isActive === false ? (
        <p className="parley-warning">{say('This schedule is not active and says nothing.')}</p>
      ) : null}
      {rules && days ? (
        <>
          <TouchedSessions sessions={touched} timeZone={rules.timeZone} />
          <nav aria-label={say('Weeks of the preview')}>
            <Button
              buttonStyle="secondary"
              disabled={page === 0}
              margin={false}
              onClick={() => setPage(page - 1)}
              size="small"
              type="button"
            >
              {say('Earlier')}
            </Button>
            <Button
              buttonStyle="secondary"
              disabled={page === lastPage}
              margin={false}
              onClick={() => setPage(page + 1)}
              size="small"
              type="button"
            >
              {say('Later')}
            </Button>
          </nav>
          <ScheduleWeeks days={days} nameOf={nameOf} timeZone={rules.timeZone} />
        </>
      ) : null}
    </section>
  )
}
