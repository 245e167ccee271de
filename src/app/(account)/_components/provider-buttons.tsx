'use client'

import { useQuery } from '../../(site)/_lib/use-query'
import { listLoginProviders } from '../_lib/account-api'
import { useWords } from '../_lib/use-words'

type Props = {
  textOf: (provider: string) => string
  /** Path and query of the page that follows; without it the one where people of their kind usually go. */
  back?: string | undefined
  /** The provider is to ask them again. */
  isAgain?: boolean
}

/** Leads to the providers that are set up here; nothing where none is. */
export const ProviderButtons = ({ textOf, back, isAgain = false }: Props) => {
  const { logIn } = useWords()
  const { data = [] } = useQuery({ key: 'login-providers', load: listLoginProviders })
  if (!data.length) return null
  return (
    <div className="login-providers">
      <p className="login-providers__or">{logIn.or}</p>
      {data.map(({ name, label }) => (
        <a key={name} className="button button--quiet button--wide" href={startPath(name, { back, isAgain })}>
          {textOf(label)}
        </a>
      ))}
    </div>
  )
}

const startPath = (provider: string, { back, isAgain }: { back: string | undefined; isAgain: boolean }): string => {
  const query = new URLSearchParams()
  // Only where providers are known, which is in a browser.
  if (back !== undefined) query.set('returnTo', `${window.location.origin}${back}`)
  if (isAgain) query.set('prompt', 'login')
  const text = query.toString()
  return `/api/account/openid/${provider}/start${text === '' ? '' : `?${text}`}`
}
