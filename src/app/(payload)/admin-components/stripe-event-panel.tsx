'use client'

import { Button, useDocumentInfo } from '@payloadcms/ui'
import { api } from './lib/api'
import { useCommand } from './lib/use-command'
import { useWords } from './lib/use-words'

/** Beside an event of Stripe: works it off once more. */
export const StripeEventPanel = () => {
  const { say } = useWords()
  const { data, id } = useDocumentInfo()
  const { run, isRunning } = useCommand()
  if (id === undefined || !data) return null
  const isFailed = data.status === 'failed'
  return (
    <section aria-label={say('This event')} className="parley-panel">
      <p className="parley-quiet">
        {isFailed
          ? say('It could not be worked off; the worker tries again by itself. Once the cause is gone, replay it here.')
          : say('Working it off again reads the object at Stripe anew, and changes nothing that is right.')}
      </p>
      <div className="parley-actions">
        <Button
          buttonStyle={isFailed ? 'primary' : 'secondary'}
          disabled={isRunning}
          margin={false}
          onClick={() =>
            void run({
              send: () => api.POST('/api/payments/events/{event}/replay', { params: { path: { event: String(id) } } }),
              done: say('It is worked off again.'),
            })
          }
          size="medium"
          type="button"
        >
          {say('Replay')}
        </Button>
      </div>
    </section>
  )
}
