'use client'

import { ProblemNotice } from '../../_components/problem-notice'
import { acceptProposedTime, type Managed } from '../../_lib/api'
import type { BookedSession, ConsultationRequest } from '../../_lib/api-types'
import { useCommand } from '../../_lib/use-command'
import { useTexts } from '../../_lib/use-texts'

type Props = {
  request: ConsultationRequest
  managed: Managed
  zone: string
  onAccepted: (booked: BookedSession) => void
  onRefused: () => void
}

export const ProposedTimes = ({ request, managed, zone, onAccepted, onRefused }: Props) => {
  const { formats, messages } = useTexts()
  const text = messages.request
  const accept = useCommand({
    send: (body: { start: string }, key: string) => acceptProposedTime(managed, body, key),
    onDone: onAccepted,
    onRefused,
  })
  return (
    <section className="panel" aria-labelledby="proposed-heading">
      <h2 id="proposed-heading">{text.proposed}</h2>
      {accept.error ? (
        <ProblemNotice
          error={accept.error}
          title={accept.error.code === 'slot_taken' ? text.acceptTaken : messages.errors.title}
          takesFocus
        />
      ) : null}
      <ul className="proposed">
        {request.proposedTimes.map(({ start, end }) => {
          const day = formats.day(start, { timeZone: zone })
          const times = formats.timeRange({ start, end, timeZone: zone })
          return (
            <li key={start} className="proposed__time">
              <time dateTime={start}>
                {day}
                <br />
                <strong>{times}</strong>
              </time>
              <button
                type="button"
                className="button button--small"
                aria-disabled={accept.isRunning || undefined}
                onClick={() => accept.run({ start })}
              >
                {accept.isRunning ? text.accepting : text.accept}
                <span className="visually-hidden">
                  : {day}, {times}
                </span>
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
