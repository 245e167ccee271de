'use client'

import { Dialog } from '../../_components/dialog'
import { ProblemNotice } from '../../_components/problem-notice'
import { cancelRequest, type Managed } from '../../_lib/api'
import { useCommand } from '../../_lib/use-command'
import { messages } from '../../messages'

type Props = { managed: Managed; onClose: () => void; onCancelled: () => void }

const text = messages.request

export const CancelRequestDialog = ({ managed, onClose, onCancelled }: Props) => {
  const cancel = useCommand({
    send: (_: undefined, key: string) => cancelRequest(managed, key),
    onDone: onCancelled,
  })
  return (
    <Dialog title={text.cancelTitle} onClose={onClose}>
      <p>{text.cancelText}</p>
      {cancel.error ? <ProblemNotice error={cancel.error} takesFocus /> : null}
      <div className="dialog__actions">
        <button type="button" className="button button--quiet" onClick={onClose}>
          {text.cancelKeep}
        </button>
        <button
          type="button"
          className="button button--danger-solid"
          aria-disabled={cancel.isRunning || undefined}
          onClick={() => cancel.run(undefined)}
        >
          {cancel.isRunning ? messages.booking.cancelling : text.cancelConfirm}
        </button>
      </div>
    </Dialog>
  )
}
