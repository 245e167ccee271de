'use client'

import { Link } from '@payloadcms/ui'
import type { Answer, Schema } from '../../../_api/api-types'
import { api } from '../lib/api'
import { SinceText } from '../lib/since-text'
import { useAnswer } from '../lib/use-answer'
import { workUrl } from './work-view'
import { useWords } from '../lib/use-words'

type ProviderView = Schema<'ProviderHealth'>

const tones = {
  working: 'good',
  failing: 'bad',
  limited: 'waiting',
  unused: 'over',
  not_set_up: 'over',
} as const satisfies Record<ProviderView['state'], string>

const words = { failing: 'since {when}', limited: 'until {when}' } as const

const Provider = ({ provider, now, path }: { provider: ProviderView; now: number; path: string }) => {
  const { say, weave } = useWords()
  const { name, label, kindLabel, state, stateLabel, text, at, lastSuccessAt, waiting } = provider
  return (
    <li className="parley-panel" data-provider={name}>
      <div className="parley-work__head">
        <h3>{label}</h3>
        <span className={`parley-state parley-state--${tones[state]}`}>{stateLabel}</span>
      </div>
      <p className="parley-quiet">{kindLabel}</p>
      <p>
        {text}{' '}
        {at === null ? null : (
          <>
            {state === 'failing' || state === 'limited' ? (
              weave(words[state], { when: <SinceText instant={at} now={now} /> })
            ) : (
              <SinceText instant={at} now={now} />
            )}
          </>
        )}
      </p>
      {lastSuccessAt === null || state === 'working' ? null : (
        <p className="parley-quiet">
          {weave('Last answered {when}', { when: <SinceText instant={lastSuccessAt} now={now} /> })}
        </p>
      )}
      {waiting ? (
        <p>
          <Link href={workUrl(path, { provider: name })} prefetch={false}>
            {say('{count} stuck', { count: waiting })}
          </Link>
        </p>
      ) : null}
    </li>
  )
}

const Health = ({ value, now, path }: { value: Answer<'getOperationsHealth'>; now: number; path: string }) => {
  const { say } = useWords()
  return (
    <>
      <ul className="parley-work__health">
        {value.processes.map(({ name, label, ok, text }) => (
          <li className="parley-panel" data-process={name} key={name}>
            <div className="parley-work__head">
              <h3>{label}</h3>
              <span className={`parley-state parley-state--${ok ? 'good' : 'bad'}`}>
                {ok ? say('Well') : say('Not well')}
              </span>
            </div>
            <p>{text}</p>
          </li>
        ))}
      </ul>
      <h2>{say('Providers')}</h2>
      <ul className="parley-work__health">
        {value.providers.map((provider) => (
          <Provider key={provider.name} now={now} path={path} provider={provider} />
        ))}
      </ul>
    </>
  )
}

/** How the installation and everybody it relies on fare. */
export const HealthSection = ({ path, now, version }: { path: string; now: number; version: number }) => {
  const { say } = useWords()
  const { value, fault } = useAnswer(
    { key: 'health', ask: (signal) => api.GET('/api/operations/health', { signal }) },
    version,
  )
  return (
    <section aria-labelledby="parley-health" className="parley-work__list">
      <h2 id="parley-health">{say('Health')}</h2>
      {fault === undefined ? null : (
        <p className="parley-fault" role="alert">
          {fault}
        </p>
      )}
      {value === undefined && fault === undefined ? <p role="status">{say('Loading …')}</p> : null}
      {value ? <Health now={now} path={path} value={value} /> : null}
    </section>
  )
}
