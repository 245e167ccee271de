'use client'

import { Button, useAuth, useDocumentInfo } from '@payloadcms/ui'
import { OwnFactors } from './account/own-factors'
import { OwnLoginWays } from './account/own-login-ways'
import { OwnLogins } from './account/own-logins'
import { ResetFactors } from './account/reset-factors'
import { api } from './lib/api'
import { useCommand } from './lib/use-command'

const OthersLogin = ({ id }: { id: string }) => {
  const { run, isRunning } = useCommand()
  const params = { path: { id } }
  return (
    <section aria-label="This login" className="parley-panel">
      <p className="parley-quiet">
        Logging out ends all their sessions at once; they may log in again. Who failed to log in too often waits, unless
        it is forgiven.
      </p>
      <div className="parley-actions">
        <Button
          buttonStyle="secondary"
          disabled={isRunning}
          margin={false}
          onClick={() =>
            void run({
              send: () => api.POST('/api/operations/users/{id}/end-sessions', { params, body: {} }),
              done: 'They are logged out everywhere.',
            })
          }
          size="medium"
          type="button"
        >
          Log out everywhere
        </Button>
        <Button
          buttonStyle="secondary"
          disabled={isRunning}
          margin={false}
          onClick={() =>
            void run({
              send: () => api.POST('/api/operations/users/{id}/forgive-logins', { params, body: {} }),
              done: 'Failed logins are forgiven.',
            })
          }
          size="medium"
          type="button"
        >
          Forgive failed logins
        </Button>
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
