'use client'

import { useId, useState } from 'react'
import { Skeleton } from '../../(site)/_components/skeleton'
import { useCommand } from '../../(site)/_lib/use-command'
import { useQuery } from '../../(site)/_lib/use-query'
import { useTexts } from '../../(site)/_lib/use-texts'
import { refusedOutcome } from '../_lib/account-error-text'
import type { AccountOutcome } from '../_lib/account-outcome'
import { factorErrorText } from '../_lib/factor-error-text'
import {
  getSecondFactor,
  type GivenCodes,
  removeSecondFactor,
  renewRecoveryCodes,
  type SecondFactorStatus,
} from '../_lib/second-factor-api'
import { useWords } from '../_lib/use-words'
import { AccountProblem } from './account-problem'
import { AddFactor } from './add-factor'
import { LogInAgain } from './log-in-again'
import { RecoveryCodes } from './recovery-codes'

type Props = { onDone: (outcome: AccountOutcome) => void }

/** What somebody proves themselves with beside the password, and changing it. */
export const OwnFactors = ({ onDone }: Props) => {
  const heading = useId()
  const words = useWords()
  const { factor } = words
  const [codes, setCodes] = useState<readonly string[]>()
  const { data: status, error } = useQuery({ key: 'account-factors', load: getSecondFactor, maxAgeMs: 0 })
  const tell = (refusal: Parameters<typeof factorErrorText>[0]) =>
    onDone(refusedOutcome(refusal, factorErrorText(refusal, words)))
  const renew = useCommand({
    send: () => renewRecoveryCodes(),
    onDone: (given) => {
      setCodes(given)
      onDone({ notice: factor.renewed })
    },
    onRefused: tell,
  })

  if (codes) return <RecoveryCodes codes={codes} onKept={() => setCodes(undefined)} />
  const added = (given: GivenCodes): void => {
    if (given) setCodes(given)
    onDone({ notice: factor.added })
  }
  return (
    <section className="panel account-panel" aria-labelledby={heading}>
      <h2 id={heading}>{factor.heading}</h2>
      {error && !status ? <AccountProblem text={factorErrorText(error, words)} /> : null}
      {!status && !error ? <Skeleton /> : null}
      {status ? (
        <FactorList status={status} onRemoved={() => onDone({ notice: factor.removed })} onRefused={tell} />
      ) : null}
      {status?.mayChange ? (
        <>
          {status.factors.length > 0 ? (
            <div className="button-row">
              <button
                type="button"
                className="button button--quiet"
                aria-disabled={renew.isRunning || undefined}
                onClick={() => renew.run(undefined)}
              >
                {factor.renew}
              </button>
            </div>
          ) : null}
          <AddFactor hasApp={status.factors.some(({ kind }) => kind === 'totp')} onAdded={added} />
        </>
      ) : null}
      {status && !status.mayChange ? (
        <>
          <p className="muted">{factor.logInAgain}</p>
          <div className="button-row">
            <LogInAgain />
          </div>
        </>
      ) : null}
    </section>
  )
}

type ListProps = {
  status: SecondFactorStatus
  onRemoved: () => void
  onRefused: (refusal: Parameters<typeof factorErrorText>[0]) => void
}

const FactorList = ({
  status: { factors, isDemanded, mayChange, recoveryCodesLeft },
  onRemoved,
  onRefused,
}: ListProps) => {
  const { account, factor } = useWords()
  const { formats } = useTexts()
  const remove = useCommand({ send: removeSecondFactor, onDone: onRemoved, onRefused })
  if (factors.length === 0) return <p className="muted">{factor.none}</p>
  return (
    <>
      <ul className="account-list">
        {factors.map(({ id, kind, name, createdAt, lastUsedAt }) => (
          <li key={id}>
            <span>
              <strong>{name}</strong> {name === factor.kinds[kind] ? '' : `(${factor.kinds[kind]}) `}
              {account.since(formats.moment(createdAt))}
              {lastUsedAt === null ? '' : ` · ${factor.lastUsed(formats.moment(lastUsedAt))}`}
            </span>
            {mayChange ? (
              <button
                type="button"
                className="button button--quiet button--small"
                aria-label={factor.removeOneOf(name)}
                aria-disabled={remove.isRunning || undefined}
                onClick={() => remove.run(id)}
              >
                {factor.remove}
              </button>
            ) : null}
          </li>
        ))}
      </ul>
      <p className="muted">
        {factor.codesLeft(recoveryCodesLeft ?? 0)} {isDemanded ? factor.demanded : null}
      </p>
    </>
  )
}
