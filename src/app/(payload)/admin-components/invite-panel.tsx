'use client'

import { Button, useDocumentInfo } from '@payloadcms/ui'
import { api } from './lib/api'
import { useCommand } from './lib/use-command'

/** Beside a user whose address is not confirmed: mails the link to confirm it again. */
export const InvitePanel = () => {
  const { id } = useDocumentInfo()
  const { run, isRunning } = useCommand()
  if (id === undefined) return null
  return (
    <section aria-label="Invitation" className="parley-panel">
      <p className="parley-quiet">
        They were mailed a link with which they confirm their address and choose a password. Until then nobody can log
        in. It works for seven days; a new one ends the one before.
      </p>
      <div className="parley-actions">
        <Button
          buttonStyle="secondary"
          disabled={isRunning}
          margin={false}
          onClick={() =>
            void run({
              send: () => api.POST('/api/account/invitations', { body: { user: String(id) } }),
              done: 'The invitation is on its way.',
            })
          }
          size="medium"
          type="button"
        >
          Send the invitation again
        </Button>
      </div>
    </section>
  )
}
