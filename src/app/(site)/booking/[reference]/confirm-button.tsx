'use client'

import { ProblemNotice } from '../../_components/problem-notice'
import { confirmEmail } from '../../_lib/api'
import type { Session } from '../../_lib/api-types'
import { useCommand } from '../../_lib/use-command'
import { messages } from '../../messages'

type Props = {
  session: Session
  proof: string
  onConfirmed: (session: Session) => void
  onRefused: () => void
}

const text = messages.booking.toConfirm

/** Says that the booking behind the mailed link is theirs. Opening the page does not: programs open mailed links. */
export const ConfirmButton = ({ session, proof, onConfirmed, onRefused }: Props) => {
  const confirm = useCommand({
    send: (_: undefined, idempotencyKey) => confirmEmail(session.reference, proof, idempotencyKey),
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
