'use client'

import { Button } from '@payloadcms/ui'
import { useId, useState } from 'react'
import { api } from '../lib/api'
import { InstantText } from '../lib/instant-text'
import { useAnswer } from '../lib/use-answer'
import { useCommand } from '../lib/use-command'
import { useWords } from '../lib/use-words'

/** Where one is logged in, and ending it. */
export const OwnLogins = () => {
  const { say, weave } = useWords()
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
      <h2 id={heading}>{say('Where you are logged in')}</h2>
      {fault === undefined ? null : <p role="alert">{fault}</p>}
      <ul className="parley-logins">
        {sessions.map(({ id, device, network, createdAt, isCurrent }) => (
          <li key={id}>
            <strong>{device ?? say('Unknown device')}</strong>
            {isCurrent ? ` ${say('(here)')}` : ''}
            <small>
              {weave('since {when}', { when: <InstantText instant={createdAt} /> })}
              {network === null ? '' : ` · ${network}`}
            </small>
            {isCurrent ? null : (
              <Button
                aria-label={say('Log out: {device}', { device: device ?? say('Unknown device') })}
                buttonStyle="secondary"
                disabled={isRunning}
                margin={false}
                onClick={() =>
                  void end({
                    send: () => api.DELETE('/api/account/sessions/{id}', { params: { path: { id } } }),
                    done: say('You are logged out there.'),
                  })
                }
                size="small"
                type="button"
              >
                {say('Log out')}
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
              done: say('You are logged out everywhere else.'),
            })
          }
          size="medium"
          type="button"
        >
          {say('Log out everywhere else')}
        </Button>
      ) : null}
    </section>
  )
}
