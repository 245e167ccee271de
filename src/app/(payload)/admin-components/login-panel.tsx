'use client'

import { useAuth, useDocumentInfo } from '@payloadcms/ui'
import { OwnFactors } from './account/own-factors'
import { OwnLoginWays } from './account/own-login-ways'
import { OwnLogins } from './account/own-logins'
import { ResetFactors } from './account/reset-factors'
import { CommandButton } from './command-button'
import { api } from './lib/api'
import { useWords } from './lib/use-words'

const OthersLogin = ({ id }: { id: string }) => {
  const { say } = useWords()
  const params = { path: { id } }
  return (
    <section aria-label={say('This login')} className="parley-panel">
      <p className="parley-quiet">
        {say(
          'Logging out ends all their sessions at once; they may log in again. Who failed to log in too often waits, unless it is forgiven.',
        )}
      </p>
      <div className="parley-actions">
        <CommandButton
          done={say('They are logged out everywhere.')}
          send={() => api.POST('/api/operations/users/{id}/end-sessions', { params, body: {} })}
        >
          {say('Log out everywhere')}
        </CommandButton>
        <CommandButton
          done={say('Failed logins are forgiven.')}
          send={() => api.POST('/api/operations/users/{id}/forgive-logins', { params, body: {} })}
        >
          {say('Forgive failed logins')}
        </CommandButton>
      </div>
      <ResetFactors id={id} />
    </section>
  )
}

/** Beside an account: where one is logged in oneself, or what staff may do about the login of somebody else. */
export const LoginPanel = () => {
  const { id } = useDocumentInfo()
  const { user } = useAuth()
  if (id === undefined || !user) return null
  if (user.id !== id) return <OthersLogin id={String(id)} />
  return (
    <>
      <OwnFactors />
      <OwnLoginWays />
      <OwnLogins />
    </>
  )
}
