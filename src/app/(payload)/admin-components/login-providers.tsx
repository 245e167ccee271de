'use client'

import { useConfig } from '@payloadcms/ui'
import { api } from './lib/api'
import { useAnswer } from './lib/use-answer'
import { useWords } from './lib/use-words'

/** Below the form of the login: the providers that are set up, nothing where none is. */
export const LoginProviders = () => {
  const { say } = useWords()
  const { config } = useConfig()
  const { value } = useAnswer({ key: 'login-providers', ask: (signal) => api.GET('/api/account/openid', { signal }) })
  const providers = value?.providers ?? []
  if (!providers.length) return null
  const query = () => new URLSearchParams({ returnTo: `${window.location.origin}${config.routes.admin}` })
  return (
    <div className="parley-login-providers">
      <p>{say('or')}</p>
      {providers.map(({ name, label }) => (
        <a
          key={name}
          className="btn btn--style-secondary btn--size-large"
          href={`/api/account/openid/${name}/start?${query()}`}
        >
          {say('Log in with {label}', { label })}
        </a>
      ))}
      <p className="parley-quiet">{say('For an account that you have connected with it on your account page.')}</p>
    </div>
  )
}
