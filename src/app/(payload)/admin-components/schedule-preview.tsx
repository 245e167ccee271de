'use client'

import { Button, useAllFormFields, useDocumentInfo } from '@payloadcms/ui'
import { reduceFieldsToValues } from 'payload/shared'
import { useDeferredValue, useMemo, useState } from 'react'
import { computeOpenDays } from '#availability/rules/compute-open-days'
import { readWrittenSchedule } from '#availability/rules/read-written-schedule'
import { toRules } from '#availability/rules/to-rules'
import type { AvailabilityRules } from '#availability/types'
import { ScheduleWeeks } from './schedule/schedule-weeks'
import { type RulesBeside, useRulesBeside } from './schedule/use-rules-beside'
import { useWords } from './lib/use-words'

const weekMs = 7 * 86_400_000
const shownWeeks = 2
/** Further than anything can be booked. */
const lastPage = 52

/** A schedule that is not stored yet is newer than all that are: ids are ordered by time. */
const idOfNew = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

const rulesWith = (beside: RulesBeside, id: string, written: Record<string, unknown>): AvailabilityRules => {
  const rules = toRules(beside.profile, beside.schedules)
  const others = rules.schedules.filter((schedule) => schedule.id !== id)
  return { ...rules, schedules: written.isActive === false ? others : [...others, readWrittenSchedule(id, written)] }
}

/** The next weeks as they would be with what stands in the form, and with all else that holds for the consultant. */
export const SchedulePreview = () => {
  const { say } = useWords()
  const [fields] = useAllFormFields()
  const { id: storedId } = useDocumentInfo()
  const [now] = useState(() => Date.now())
  const [page, setPage] = useState(0)
  const written: Record<string, unknown> = useDeferredValue(useMemo(() => reduceFieldsToValues(fields, true), [fields]))
  const consultant = typeof written.consultant === 'string' ? written.consultant : undefined
  const { beside, fault } = useRulesBeside(consultant)
  const id = storedId === undefined ? idOfNew : String(storedId)
  const rules = useMemo(() => beside && rulesWith(beside, id, written), [beside, id, written])
  const days = useMemo(
    () => rules && computeOpenDays(rules, { from: now + page * shownWeeks * weekMs, days: shownWeeks * 7 }),
    [rules, now, page],
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
          'With what stands in this form, saved or not, less breaks; sessions, blocks and calendars are not looked at.',
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
