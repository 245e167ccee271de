'use client'

import Link from 'next/link'
import { useId } from 'react'
import { useCommand } from '../../(site)/_lib/use-command'
import { useQuery } from '../../(site)/_lib/use-query'
import { connectOpenid, listLoginProviders, removeLoginWay, type WaysToLogIn } from '../_lib/account-api'
import { accountErrorText, refusedOutcome } from '../_lib/account-error-text'
import type { AccountOutcome } from '../_lib/account-outcome'
import { useWords } from '../_lib/use-words'

type Props = { ways: WaysToLogIn; onDone: (outcome: AccountOutcome) => void }

/** With what somebody can log in, and how to change that. */
export const LoginWays = ({ ways: { hasPassword, connected }, onDone }: Props) => {
  const heading = useId()
  const words = useWords()
  const { account } = words
  const { data: providers = [] } = useQuery({ key: 'login-providers', load: listLoginProviders })
  const tell = (error: Parameters<typeof accountErrorText>[0]) =>
    onDone(refusedOutcome(error, accountErrorText(error, words)))
  const remove = useCommand({
    send: removeLoginWay,
    onDone: () => onDone({ notice: account.disconnected }),
    onRefused: tell,
  })
  const connect = useCommand({ send: connectOpenid, onDone: (url) => window.location.assign(url), onRefused: tell })
  const others = providers.filter(({ name }) => !connected.some(({ provider }) => provider === name))
  return (
    <section className="panel account-panel" aria-labelledby={heading}>
      <h2 id={heading}>{account.ways}</h2>
      <ul className="account-list">
        <li>
          <span>{hasPassword ? account.password : account.noPassword}</span>
          <Link href="/account/forgot">{account.changePassword}</Link>
        </li>
        {connected.map(({ id, label, email }) => (
          <li key={id}>
            <span>
              {label} {email === null ? null : account.connectedAs(email)}
            </span>
            <button
              type="button"
              className="button button--quiet button--small"
              aria-label={account.disconnectFrom(label)}
              aria-disabled={remove.isRunning || undefined}
              onClick={() => remove.run(id)}
            >
              {account.disconnect}
            </button>
          </li>
        ))}
      </ul>
      {others.map(({ name, label }) => (
        <button
          key={name}
          type="button"
          className="button button--quiet"
          aria-disabled={connect.isRunning || undefined}
          onClick={() => connect.run(name)}
        >
          {account.connect(label)}
        </button>
      ))}
    </section>
  )
}
