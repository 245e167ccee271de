'use client'

import { Button } from '@payloadcms/ui'
import { api } from '../lib/api'
import { InstantText } from '../lib/instant-text'
import type { RunCommand } from '../lib/use-command'
import type { DifferenceView } from './calendar-view'

const labels: Record<DifferenceView['decisions'][number], string> = {
  propose: 'Propose the new time',
  put_back: 'Put it back',
  cancel: 'Cancel the session',
  keep: 'Keep it as it is',
}

const done: Record<DifferenceView['decisions'][number], string> = {
  propose: 'The customer is asked. Until they say yes, the session stays where it was.',
  put_back: 'It will be back in the calendar in a moment.',
  cancel: 'Cancelled. The customer is told and gets everything back.',
  keep: 'The session stays as it is.',
}

const What = ({ kind, status, externalStart }: DifferenceView) => {
  if (status === 'proposed') return <>The customer is asked about the new time.</>
  if (kind === 'deleted') return <>Deleted from the calendar. It is still booked.</>
  const when = externalStart === null ? 'another day' : <InstantText instant={externalStart} />
  return kind === 'moved' ? <>The calendar has it on {when} now.</> : <>The calendar has something else from {when}.</>
}

/** What a person changed in the calendar, with one button for each answer. */
export const Differences = ({ differences, run }: { differences: DifferenceView[]; run: RunCommand }) => {
  if (!differences.length) return null
  return (
    <section aria-labelledby="parley-differences">
      <h2 id="parley-differences">To decide</h2>
      <ul className="parley-list">
        {differences.map((difference) => (
          <li key={difference.id}>
            <p>
              <strong>
                {difference.serviceType} with {difference.customer}
              </strong>
              , <InstantText instant={difference.start} />
              <br />
              <What {...difference} />
            </p>
            {difference.decisions.map((decision) => (
              <Button
                aria-label={`${labels[decision]}: ${difference.reference}`}
                buttonStyle="secondary"
                key={decision}
                margin={false}
                onClick={() =>
                  void run({
                    send: () =>
                      api.POST('/api/calendar/differences/{id}/decide', {
                        params: { path: { id: difference.id } },
                        body: { decision },
                      }),
                    done: done[decision],
                  })
                }
                size="small"
              >
                {labels[decision]}
              </Button>
            ))}
          </li>
        ))}
      </ul>
    </section>
  )
}
