'use client'

import { useQuery } from '../../(site)/_lib/use-query'
import { listLoginProviders } from '../_lib/account-api'
import { useWords } from '../_lib/use-words'

/** Leads to the providers that are set up here; nothing where none is. */
export const ProviderButtons = ({ textOf }: { textOf: (provider: string) => string }) => {
  const { logIn } = useWords()
  const { data = [] } = useQuery({ key: 'login-providers', load: listLoginProviders })
  if (!data.length) return null
  return (
    <div className="login-providers">
      <p className="login-providers__or">{logIn.or}</p>
      {data.map(({ name, label }) => (
        <a key={name} className="button button--quiet button--wide" href={`/api/account/openid/${name}/start`}>
          {textOf(label)}
        </a>
      ))}
    </div>
  )
}
