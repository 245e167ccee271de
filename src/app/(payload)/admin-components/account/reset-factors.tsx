'use client'

import { Button, useModal } from '@payloadcms/ui'
import { api } from '../lib/api'
import { useCommand } from '../lib/use-command'
import { ReasonDialog } from '../session/reason-dialog'
import { useWords } from '../lib/use-words'

const slug = 'parley-reset-second-factor'

/** For somebody who has lost their device and their recovery codes. */
export const ResetFactors = ({ id }: { id: string }) => {
  const { say } = useWords()
  const { openModal } = useModal()
  const { run, isRunning } = useCommand()
  const reset = () =>
    run({
      send: () => api.POST('/api/operations/users/{id}/reset-second-factor', { params: { path: { id } }, body: {} }),
      done: say('They log in with their password now.'),
    })
  return (
    <>
      <Button
        buttonStyle="secondary"
        disabled={isRunning}
        margin={false}
        onClick={() => openModal(slug)}
        size="medium"
        type="button"
      >
        {say('Reset the second factor')}
      </Button>
      <ReasonDialog
        confirm={say('Reset it')}
        hasReason={false}
        heading={say('Reset the second factor?')}
        onConfirm={reset}
        slug={slug}
      >
        <p>
          {say(
            'Their authenticator app, passkeys and recovery codes open nothing any more, they are logged out everywhere, and a mail tells them. Do it only when you are sure that it is them who ask: call them, or look at them.',
          )}
        </p>
      </ReasonDialog>
    </>
  )
}
