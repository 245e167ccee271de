'use client'

import { useId } from 'react'
import { useCommand } from '../../(site)/_lib/use-command'
import { useTexts } from '../../(site)/_lib/use-texts'
import { useQuery } from '../../(site)/_lib/use-query'
import { endLoginSession, endOtherLoginSessions, listLoginSessions } from '../_lib/account-api'
import { accountErrorText } from '../_lib/account-error-text'
import { useWords } from '../_lib/use-words'

type Props = { onDone: (outcome: { fault?: string }) => void }

/** Where somebody is logged in, and ending it. */
export const OwnDevices = ({ onDone }: Props) => {
  const heading = useId()
  const words = useWords()
  const { account } = words
  const { formats } = useTexts()
  const { data: sessions = [] } = useQuery({ key: 'account-sessions', load: listLoginSessions, maxAgeMs: 0 })
  const settled = {
    onDone: () => onDone({}),
    onRefused: (error: Parameters<typeof accountErrorText>[0]) => onDone({ fault: accountErrorText(error, words) }),
  }
  const end = useCommand({ send: endLoginSession, ...settled })
  const endOthers = useCommand({ send: () => endOtherLoginSessions(), ...settled })
  return (
    <section className="panel account-panel" aria-labelledby={heading}>
      <h2 id={heading}>{account.devices}</h2>
      <ul className="account-list">
        {sessions.map(({ id, device, network, createdAt, isCurrent }) => (
          <li key={id}>
            <span>
              <strong>{device ?? account.unknownDevice}</strong> {isCurrent ? `(${account.here}) ` : ''}
              {account.since(formats.moment(createdAt))}
              {network === null ? '' : ` · ${network}`}
            </span>
            {isCurrent ? null : (
              <button
                type="button"
                className="button button--quiet button--small"
                aria-label={account.endOneOf(device ?? account.unknownDevice)}
                aria-disabled={end.isRunning || undefined}
                onClick={() => end.run(id)}
              >
                {account.endOne}
              </button>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 ? (
        <button
          type="button"
          className="button button--quiet"
          aria-disabled={endOthers.isRunning || undefined}
          onClick={() => endOthers.run(undefined)}
        >
          {account.endOthers}
        </button>
      ) : null}
    </section>
  )
}
