'use client'

import { Button } from '@payloadcms/ui'
import { useId, useState } from 'react'
import { api } from '../lib/api'
import { InstantText } from '../lib/instant-text'
import { useAnswer } from '../lib/use-answer'
import { useCommand } from '../lib/use-command'

/** Where one is logged in, and ending it. */
export const OwnLogins = () => {
  const heading = useId()
  const [version, setVersion] = useState(0)
  const { run, isRunning } = useCommand()
  const { value, fault } = useAnswer(
    { key: 'logins', ask: (signal) => api.GET('/api/account/sessions', { signal }) },
    version,
  )
  const end = async (command: Parameters<typeof run>[0]) => {
    await run(command)
    setVersion((before) => before + 1)
  }
  const sessions = value?.sessions ?? []
  return (
    <section aria-busy={value === undefined && fault === undefined} aria-labelledby={heading} className="parley-panel">
      <h2 id={heading}>Where you are logged in</h2>
      {fault === undefined ? null : <p role="alert">{fault}</p>}
      <ul className="parley-logins">
        {sessions.map(({ id, device, network, createdAt, isCurrent }) => (
          <li key={id}>
            <strong>{device ?? 'Unknown device'}</strong>
            {isCurrent ? ' (here)' : ''}
            <small>
              since <InstantText instant={createdAt} />
              {network === null ? '' : ` · ${network}`}
            </small>
            {isCurrent ? null : (
              <Button
                aria-label={`Log out: ${device ?? 'Unknown device'}`}
                buttonStyle="secondary"
                disabled={isRunning}
                margin={false}
                onClick={() =>
                  void end({
                    send: () => api.DELETE('/api/account/sessions/{id}', { params: { path: { id } } }),
                    done: 'You are logged out there.',
                  })
                }
                size="small"
                type="button"
              >
                Log out
              </Button>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 ? (
        <Button
          buttonStyle="secondary"
          disabled={isRunning}
          margin={false}
          onClick={() =>
            void end({
              send: () => api.POST('/api/account/sessions/end-others', { body: {} }),
              done: 'You are logged out everywhere else.',
            })
          }
          size="medium"
          type="button"
        >
          Log out everywhere else
        </Button>
      ) : null}
    </section>
  )
}
