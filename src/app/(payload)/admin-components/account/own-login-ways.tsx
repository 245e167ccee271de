'use client'

import { Button } from '@payloadcms/ui'
import { useId, useState } from 'react'
import { dataOf } from '../../../_api/data-of'
import { api } from '../lib/api'
import { useAnswer } from '../lib/use-answer'
import { useCommand } from '../lib/use-command'
import { useWords } from '../lib/use-words'

const connect = async (provider: string): Promise<void> => {
  const body = { returnTo: window.location.href.split('#', 1)[0] ?? window.location.href }
  const { url } = await dataOf(
    api.POST('/api/account/openid/{provider}/connect', { params: { path: { provider } }, body }),
  )
  window.location.assign(url)
}

/** With which accounts elsewhere one logs in; nothing where no provider is set up and none is connected. */
export const OwnLoginWays = () => {
  const { say } = useWords()
  const heading = useId()
  const [version, setVersion] = useState(0)
  const { run, isRunning } = useCommand()
  const ways = useAnswer(
    { key: 'login-ways', ask: (signal) => api.GET('/api/account/login-ways', { signal }) },
    version,
  )
  const { value } = useAnswer({ key: 'login-providers', ask: (signal) => api.GET('/api/account/openid', { signal }) })
  const connected = ways.value?.connected ?? []
  const others = (value?.providers ?? []).filter(({ name }) => !connected.some(({ provider }) => provider === name))
  if (!connected.length && !others.length) return null
  return (
    <section aria-labelledby={heading} className="parley-panel">
      <h2 id={heading}>{say('Log in with another account')}</h2>
      <ul className="parley-logins">
        {connected.map(({ id, label, email }) => (
          <li key={id}>
            <strong>{label}</strong>
            <small>{email}</small>
            <Button
              aria-label={say('Disconnect {label}', { label })}
              buttonStyle="secondary"
              disabled={isRunning}
              margin={false}
              onClick={() =>
                void run({
                  send: () => api.DELETE('/api/account/login-ways/{id}', { params: { path: { id } } }),
                  done: say('It is disconnected. Nobody logs in with it any more.'),
                }).then(() => setVersion((before) => before + 1))
              }
              size="small"
              type="button"
            >
              {say('Disconnect')}
            </Button>
          </li>
        ))}
      </ul>
      <div className="parley-actions">
        {others.map(({ name, label }) => (
          <Button
            key={name}
            buttonStyle="secondary"
            disabled={isRunning}
            margin={false}
            onClick={() => void run({ send: () => connect(name), done: say('You are led to {label}.', { label }) })}
            size="medium"
            type="button"
          >
            {say('Connect {label}', { label })}
          </Button>
        ))}
      </div>
    </section>
  )
}
