'use client'

import { Button, ConfirmationModal, useModal } from '@payloadcms/ui'
import { type FormEvent, useId } from 'react'
import { api } from '../lib/api'
import { InstantText } from '../lib/instant-text'
import type { AdminText } from '../words/admin-words'
import type { CalendarView, ConnectionView } from './calendar-view'
import type { RunCommand } from '../lib/use-command'
import { useWords } from '../lib/use-words'

const stateText = {
  connected: 'Connected',
  needs_reauth: 'Must be connected again: until then your last known appointments count, and new sessions wait.',
  error: 'Has not answered for a day. Your last known appointments count; we keep trying.',
} as const satisfies Record<ConnectionView['status'], AdminText>

const CalendarState = ({ calendar }: { calendar: CalendarView }) => {
  const { say, weave } = useWords()
  if (!calendar.countsAsBusy) return <>{say('not looked at')}</>
  if (calendar.reading !== null) return <>{say('being read: {count} events so far', { count: calendar.reading })}</>
  if (calendar.syncedAt === null)
    return <>{calendar.lastError ?? say('to be read; until then nothing can be booked')}</>
  return (
    <>
      {weave('read {when}', { when: <InstantText instant={calendar.syncedAt} /> })}
      {calendar.lastError === null ? null : <> – {calendar.lastError}</>}
    </>
  )
}

const Choice = ({
  connection,
  run,
  consultant,
}: {
  connection: ConnectionView
  run: RunCommand
  consultant: { consultant?: string }
}) => {
  const { say } = useWords()
  const name = useId()
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const target = form.get('target')
    void run({
      send: () =>
        api.POST('/api/calendar/connections/{id}/calendars', {
          params: { path: { id: connection.id } },
          body: {
            busy: form.getAll('busy').map(String),
            target: typeof target === 'string' && target ? target : null,
            ...consultant,
          },
        }),
      done: say('Saved. What is new is read now; until then nothing can be booked.'),
    })
  }
  return (
    <form onSubmit={save}>
      <table className="parley-table">
        <caption>{say('Which calendars keep you from being booked, and where sessions are written')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('Calendar')}</th>
            <th scope="col">{say('Blocks time')}</th>
            <th scope="col">{say('Sessions go here')}</th>
            <th scope="col">{say('State')}</th>
          </tr>
        </thead>
        <tbody>
          {connection.calendars.map((calendar) => (
            <tr key={calendar.id}>
              <th id={`${name}-${calendar.id}`} scope="row">
                {calendar.name}
              </th>
              <td>
                <input
                  aria-label={say('{name} blocks time', { name: calendar.name })}
                  defaultChecked={calendar.countsAsBusy}
                  name="busy"
                  type="checkbox"
                  value={calendar.id}
                />
              </td>
              <td>
                {calendar.isWritable ? (
                  <input
                    aria-label={say('Write sessions to {name}', { name: calendar.name })}
                    defaultChecked={calendar.isTarget}
                    name="target"
                    type="radio"
                    value={calendar.id}
                  />
                ) : (
                  '–'
                )}
              </td>
              <td>
                <CalendarState calendar={calendar} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <label>
        <input
          defaultChecked={!connection.calendars.some(({ isTarget }) => isTarget)}
          name="target"
          type="radio"
          value=""
        />{' '}
        {say('Write sessions to no calendar of this account')}
      </label>
      <div>
        <Button buttonStyle="secondary" size="small" type="submit">
          {say('Save')}
        </Button>
      </div>
    </form>
  )
}

/** One connected account: its state, the choice of its calendars, and the way to disconnect it. */
export const ConnectionCard = ({
  connection,
  run,
  consultant,
}: {
  connection: ConnectionView
  run: RunCommand
  /** Whose it is, where staff look. */
  consultant: { consultant?: string }
}) => {
  const { say, weave } = useWords()
  const { openModal } = useModal()
  const heading = useId()
  const modal = `disconnect-${connection.id}`
  const { account, providerLabel, hasCalendars, status, syncedAt, waiting, lastError } = connection
  return (
    <section aria-labelledby={heading} className="parley-card">
      <h2 id={heading}>
        {providerLabel}: {account}
      </h2>
      <p role={status === 'connected' ? undefined : 'alert'}>{say(stateText[status])}</p>
      <p>
        {weave('Last read: {when}', {
          when: syncedAt === null ? say('not yet') : <InstantText instant={syncedAt} />,
        })}
        {waiting > 0 ? ` · ${say('{count} sessions wait to be written', { count: waiting })}` : ''}
        {lastError === null ? '' : ` · ${lastError}`}
      </p>
      {hasCalendars && connection.calendars.length ? (
        // Drawn anew with what is stored, or a form that was saved would show what it began with.
        <Choice
          connection={connection}
          consultant={consultant}
          key={connection.calendars.map(({ id, isTarget, countsAsBusy }) => `${id}${isTarget}${countsAsBusy}`).join()}
          run={run}
        />
      ) : null}
      <Button buttonStyle="error" onClick={() => openModal(modal)} size="small">
        {say('Disconnect')}
      </Button>
      <ConfirmationModal
        body={say(
          'Its appointments no longer keep you from being booked. Sessions that stand in it stay there, but do not follow changes any more.',
        )}
        confirmLabel={say('Disconnect')}
        heading={say('Disconnect {name}?', { name: account })}
        modalSlug={modal}
        onConfirm={async () => {
          await run({
            send: () =>
              api.POST('/api/calendar/connections/{id}/disconnect', {
                params: { path: { id: connection.id } },
                body: consultant,
              }),
            done: say('Disconnected.'),
          })
        }}
      />
    </section>
  )
}
