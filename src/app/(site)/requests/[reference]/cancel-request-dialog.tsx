'use client'

import { Dialog } from '../../_components/dialog'
import { ProblemNotice } from '../../_components/problem-notice'
import { cancelRequest, getRequest, type Managed } from '../../_lib/api'
import { orAlready } from '../../_lib/or-already'
import { useCommand } from '../../_lib/use-command'
import { useTexts } from '../../_lib/use-texts'

type Props = { managed: Managed; onClose: () => void; onCancelled: () => void }

export const CancelRequestDialog = ({ managed, onClose, onCancelled }: Props) => {
  const { messages } = useTexts()
  const text = messages.request
  const cancel = useCommand({
    send: (_: undefined, key: string) =>
      orAlready({
        act: () => cancelRequest(managed, key),
        read: () => getRequest(managed),
        isSo: ({ status }) => status === 'cancelled',
        toDone: () => undefined,
      }),
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
