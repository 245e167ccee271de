'use client'

import { useDocumentInfo } from '@payloadcms/ui'
import { CommandButton } from './command-button'
import { api } from './lib/api'
import { useWords } from './lib/use-words'

/** Beside a user whose address is not confirmed: mails the link to confirm it again. */
export const InvitePanel = () => {
  const { say } = useWords()
  const { id } = useDocumentInfo()
  if (id === undefined) return null
  return (
    <section aria-label={say('Invitation')} className="parley-panel">
      <p className="parley-quiet">
        {say(
          'They were mailed a link with which they confirm their address and choose a password. Until then nobody can log in. It works for seven days; a new one ends the one before.',
        )}
      </p>
      <div className="parley-actions">
        <CommandButton
          done={say('The invitation is on its way.')}
          send={() => api.POST('/api/account/invitations', { body: { user: String(id) } })}
        >
          {say('Send the invitation again')}
        </CommandButton>
      </div>
    </section>
  )
}
