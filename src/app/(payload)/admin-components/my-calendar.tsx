'use client'

import { useConfig } from '@payloadcms/ui'
import { useEffect, useState } from 'react'
import type { PlainText } from './words/admin-words'
import { AddFeed, Subscription } from './calendar/add-calendar'
import type { CalendarsView } from './calendar/calendar-view'
import { ConnectionCard } from './calendar/connection-card'
import { Differences } from './calendar/differences'
import { api } from './lib/api'
import { useAnswer } from './lib/use-answer'
import { type RunCommand, useCommand } from './lib/use-command'
import { useWords } from './lib/use-words'

const outcomes: Readonly<Record<string, PlainText>> = {
  connected: 'Connected. Your calendar is read now; until that is done nothing can be booked.',
  denied: 'Nothing was connected: you did not allow it.',
  scopes: 'Nothing was connected: please leave all boxes ticked, or sessions and calendar cannot agree.',
  expired: 'That took too long or was opened elsewhere. Please begin again.',
  no_refresh_token: 'Google did not give lasting access. Please try once more.',
  google_failed: 'Google did not answer as expected. Please try once more.',
}

/** While something is under way, its progress is asked for so often. */
const progressMs = 3_000

const isUnderWay = ({ connections }: CalendarsView): boolean =>
  connections.some(
    ({ status, waiting, calendars, hasCalendars }) =>
      status === 'connected' &&
      (waiting > 0 ||
        (hasCalendars && !calendars.length) ||
        calendars.some((one) => one.countsAsBusy && (one.syncedAt === null || one.reading !== null))),
  )

/** A consultant's calendars: connected accounts, what blocks time, where sessions are written, what is to be decided. */
export const MyCalendar = ({ consultant, outcome }: { consultant?: string; outcome?: string }) => {
  const { say } = useWords()
  const { config } = useConfig()
  const { run } = useCommand()
  const [version, setVersion] = useState(0)
  const whose = consultant === undefined ? {} : { consultant }
  const { value, fault } = useAnswer(
    {
      key: consultant ?? '',
      ask: (signal) => api.GET('/api/calendar/connections', { params: { query: whose }, signal }),
    },
    version,
  )
  const underWay = value !== undefined && isUnderWay(value)
  useEffect(() => {
    if (!underWay) return
    const timer = setInterval(() => setVersion((before) => before + 1), progressMs)
    return () => clearInterval(timer)
  }, [underWay])
  const runAndLook: RunCommand = async (command) => {
    const isDone = await run(command)
    setVersion((before) => before + 1)
    return isDone
  }
  const said = outcome === undefined ? undefined : outcomes[outcome]
  return (
    <div className="parley-calendar">
      {said === undefined ? null : <p role="status">{say(said)}</p>}
      {fault === undefined ? null : <p role="alert">{fault}</p>}
      {value === undefined && fault === undefined ? <p role="status">{say('Loading …')}</p> : null}
      {value === undefined ? null : (
        <>
          <Differences differences={value.differences} run={runAndLook} />
          {value.connections.map((connection) => (
            <ConnectionCard connection={connection} consultant={whose} key={connection.id} run={runAndLook} />
          ))}
          <section aria-labelledby="parley-add-calendar">
            <h2 id="parley-add-calendar">{say('Connect a calendar')}</h2>
            <p>{say('What stands in it keeps you from being booked at that time, and your sessions appear in it.')}</p>
            {consultant !== undefined ? (
              <p>{say('Only its owner can connect a Google calendar.')}</p>
            ) : value.canConnectGoogle ? (
              // A plain link: it leads through Google and back.
              <p>
                <a href={`${config.routes.api}/calendar/google/connect`}>{say('Connect a Google calendar')}</a>
              </p>
            ) : (
              <p>{say('Google calendars are not set up in this installation.')}</p>
            )}
            <AddFeed consultant={whose} run={runAndLook} />
          </section>
          <Subscription consultant={whose} />
        </>
      )}
    </div>
  )
}
