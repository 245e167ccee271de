'use client'

import { ProblemNotice } from '../../_components/problem-notice'
import { sessionRow } from '#sessions/session-states'
import { confirmEmail, getSession, type Managed } from '../../_lib/api'
import type { Session } from '../../_lib/api-types'
import { orAlready } from '../../_lib/or-already'
import { useCommand } from '../../_lib/use-command'
import { useTexts } from '../../_lib/use-texts'

type Props = {
  managed: Managed
  proof: string
  onConfirmed: (session: Session) => void
  onRefused: () => void
}

const isConfirmed = ({ actions, status }: Session): boolean =>
  !actions.includes('confirm_email') && !sessionRow(status).terminal

/** Says that the booking behind the mailed link is theirs. Opening the page does not: programs open mailed links. */
export const ConfirmButton = ({ managed, proof, onConfirmed, onRefused }: Props) => {
  const text = useTexts().messages.booking.toConfirm
  const confirm = useCommand({
    send: (_: undefined, idempotencyKey) =>
      orAlready({
        act: () => confirmEmail(managed.reference, proof, idempotencyKey),
        read: () => getSession(managed),
        isSo: isConfirmed,
        toDone: (session) => session,
      }),
    onDone: onConfirmed,
    // Its time may be over, or it was cancelled: look again.
    onRefused,
  })
  return (
    <div className="booking__pay">
      {confirm.error ? <ProblemNotice error={confirm.error} takesFocus /> : null}
      <button
        type="button"
        className="button button--large button--wide"
        aria-disabled={confirm.isRunning || undefined}
        onClick={() => confirm.run(undefined)}
      >
        {confirm.isRunning ? text.confirming : text.button}
      </button>
    </div>
  )
}
