'use client'

import { Button } from '@payloadcms/ui'
import { useId, useState } from 'react'
import { dataOf } from '../../../_api/data-of'
import { api } from '../lib/api'
import { InstantText } from '../lib/instant-text'
import { useAnswer } from '../lib/use-answer'
import { useCommand } from '../lib/use-command'
import { ChooseFactor } from './choose-factor'
import { RecoveryCodesBox } from './recovery-codes-box'
import { useWords } from '../lib/use-words'

const logInAgain = async () => {
  await fetch('/api/users/logout', { method: 'POST', credentials: 'include' }).catch(() => undefined)
  window.location.assign(`/admin/login?redirect=${encodeURIComponent(window.location.pathname)}`)
}

/** What one proves oneself with beside the password, and changing it. */
export const OwnFactors = () => {
  const { say, weave } = useWords()
  const heading = useId()
  const [version, setVersion] = useState(0)
  const [codes, setCodes] = useState<readonly string[]>()
  const { run, isRunning } = useCommand()
  const { value: status, fault } = useAnswer(
    { key: 'factors', ask: (signal) => api.GET('/api/account/second-factor', { signal }) },
    version,
  )
  const refresh = () => setVersion((before) => before + 1)
  const added = (given: readonly string[] | null) => {
    if (given) setCodes(given)
    refresh()
  }
  const remove = async (id: string) => {
    const params = { path: { id } }
    await run({
      send: () => api.DELETE('/api/account/second-factor/factors/{id}', { params }),
      done: say('It is removed.'),
    })
    refresh()
  }
  const renew = async () => {
    await run({
      send: async () => {
        const answer = await dataOf(api.POST('/api/account/second-factor/recovery-codes', { body: {} }))
        setCodes(answer.recoveryCodes)
      },
      done: say('The codes from before open nothing any more.'),
    })
    refresh()
  }
  if (codes) return <RecoveryCodesBox codes={codes} onKept={() => setCodes(undefined)} />
  const factors = status?.factors ?? []
  return (
    <section aria-busy={status === undefined && fault === undefined} aria-labelledby={heading} className="parley-panel">
      <h2 id={heading}>{say('Second factor')}</h2>
      {fault === undefined ? null : <p role="alert">{fault}</p>}
      {status && !factors.length ? (
        <p className="parley-quiet">
          {say('Your password alone opens your account. With a second factor, nobody who learns it gets in.')}
        </p>
      ) : null}
      <ul className="parley-logins">
        {factors.map(({ id, kind, name, createdAt, lastUsedAt }) => (
          <li key={id}>
            <strong>{name}</strong>
            <small>
              {weave(kind === 'passkey' ? 'Passkey, since {when}' : 'Authenticator app, since {when}', {
                when: <InstantText instant={createdAt} />,
              })}
              {lastUsedAt === null ? null : (
                <> · {weave('used {when}', { when: <InstantText instant={lastUsedAt} /> })}</>
              )}
            </small>
            {status?.mayChange ? (
              <Button
                aria-label={say('Remove: {name}', { name })}
                buttonStyle="secondary"
                disabled={isRunning}
                margin={false}
                onClick={() => void remove(id)}
                size="small"
                type="button"
              >
                {say('Remove')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {status && factors.length ? (
        <p className="parley-quiet">
          {say('{count} recovery codes are left.', { count: status.recoveryCodesLeft ?? 0 })}
          {status.isDemanded ? ` ${say('You have to have a second factor, so the last one stays.')}` : ''}
        </p>
      ) : null}
      {status?.mayChange ? (
        <>
          {factors.length ? (
            <Button
              buttonStyle="secondary"
              disabled={isRunning}
              margin={false}
              onClick={() => void renew()}
              size="medium"
              type="button"
            >
              {say('New recovery codes')}
            </Button>
          ) : null}
          <ChooseFactor hasApp={factors.some(({ kind }) => kind === 'totp')} onAdded={added} />
        </>
      ) : null}
      {status && !status.mayChange ? (
        <>
          <p className="parley-quiet">
            {say('To change this, log in again: so nobody can who finds your browser open.')}
          </p>
          <Button buttonStyle="secondary" margin={false} onClick={() => void logInAgain()} size="medium" type="button">
            {say('Log in again')}
          </Button>
        </>
      ) : null}
    </section>
  )
}
