'use client'

import { Button } from '@payloadcms/ui'
import { api } from '../lib/api'
import { InstantText } from '../lib/instant-text'
import type { RunCommand } from '../lib/use-command'
import type { AdminText } from '../words/admin-words'
import type { DifferenceView } from './calendar-view'
import { useWords } from '../lib/use-words'

const labels = {
  propose: 'Propose the new time',
  put_back: 'Put it back',
  cancel: 'Cancel the session',
  keep: 'Keep it as it is',
} as const satisfies Record<DifferenceView['decisions'][number], AdminText>

const done = {
  propose: 'The customer is asked. Until they say yes, the session stays where it was.',
  put_back: 'It will be back in the calendar in a moment.',
  cancel: 'Cancelled. The customer is told and gets everything back.',
  keep: 'The session stays as it is.',
} as const satisfies Record<DifferenceView['decisions'][number], AdminText>

const What = ({ kind, status, externalStart }: DifferenceView) => {
  const { say, weave } = useWords()
  if (status === 'proposed') return <>{say('The customer is asked about the new time.')}</>
  if (kind === 'deleted') return <>{say('Deleted from the calendar. It is still booked.')}</>
  const when = externalStart === null ? say('another day') : <InstantText instant={externalStart} />
  return kind === 'moved' ? (
    <>{weave('The calendar has it on {when} now.', { when })}</>
  ) : (
    <>{weave('The calendar has something else from {when}.', { when })}</>
  )
}

/** What a person changed in the calendar, with one button for each answer. */
export const Differences = ({ differences, run }: { differences: DifferenceView[]; run: RunCommand }) => {
  const { say } = useWords()
  if (!differences.length) return null
  return (
    <section aria-labelledby="parley-differences">
      <h2 id="parley-differences">{say('To decide')}</h2>
      <ul className="parley-list">
        {differences.map((difference) => (
          <li key={difference.id}>
            <p>
              <strong>{say('{what} with {whom}', { what: difference.serviceType, whom: difference.customer })}</strong>,{' '}
              <InstantText instant={difference.start} />
              <br />
              <What {...difference} />
            </p>
            {difference.decisions.map((decision) => (
              <Button
                aria-label={`${say(labels[decision])}: ${difference.reference}`}
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
                    done: say(done[decision]),
                  })
                }
                size="small"
              >
                {say(labels[decision])}
              </Button>
            ))}
          </li>
        ))}
      </ul>
    </section>
  )
}
