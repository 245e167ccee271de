'use client'

import { useState } from 'react'
import { ProblemNotice } from '../../_components/problem-notice'
import { startPayment, type Managed } from '../../_lib/api'
import type { Session } from '../../_lib/api-types'
import { goToCheckout } from '../../_lib/go-to-checkout'
import { bookingUrl } from '../../_lib/manage-token'
import { useCommand } from '../../_lib/use-command'
import { useTexts } from '../../_lib/use-texts'

type Props = { session: Session; managed: Managed; onChanged: () => void }

/** Opens the hosted payment page, again if need be: after walking away, or after a card was declined. */
export const PayButton = ({ session, managed, onChanged }: Props) => {
  const { formats, messages } = useTexts()
  const text = messages.booking
  const [isLeaving, setIsLeaving] = useState(false)
  const { reference, token } = managed
  const pay = useCommand({
    send: () => startPayment(managed),
    onDone: ({ checkoutUrl }) => {
      setIsLeaving(true)
      goToCheckout(checkoutUrl, token ? bookingUrl(reference, token) : `/booking/${encodeURIComponent(reference)}`)
    },
    // It may have been paid in another tab, or its time to pay may be over: look again.
    onRefused: onChanged,
  })
  const isBusy = pay.isRunning || isLeaving
  return (
    <div className="booking__pay">
      {pay.error ? <ProblemNotice error={pay.error} takesFocus /> : null}
      <button
        type="button"
        className="button button--large button--wide"
        aria-disabled={isBusy || undefined}
        onClick={() => pay.run(undefined)}
      >
        {isBusy ? text.paying : session.price ? text.payAmount(formats.money(session.price)) : text.pay}
      </button>
      <p className="muted">{messages.book.paymentHint}</p>
    </div>
  )
}
