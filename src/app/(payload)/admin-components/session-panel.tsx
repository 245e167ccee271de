'use client'

import { useDocumentInfo } from '@payloadcms/ui'
import { api } from './lib/api'
import { useAnswer } from './lib/use-answer'
import { ClaimActions } from './session/claim-actions'
import { ClaimView } from './session/claim-view'
import { SessionActions } from './session/session-actions'
import { SessionTimes } from './session/session-times'
import { useWords } from './lib/use-words'

/** Beside a session: when it is for each side, and what may be done with it now, in one click. */
export const SessionPanel = () => {
  const { say } = useWords()
  const { data, id } = useDocumentInfo()
  const recorded: unknown = data?.reference
  const reference = id !== undefined && typeof recorded === 'string' ? recorded : undefined
  const { value, fault } = useAnswer(
    reference === undefined
      ? undefined
      : {
          key: reference,
          ask: (signal) => api.GET('/api/booking/sessions/{reference}', { params: { path: { reference } }, signal }),
        },
    data?.updatedAt,
  )
  if (reference === undefined) return null
  const session = value?.session
  return (
    <section aria-label={say('This session')} className="parley-panel">
      {fault === undefined ? null : <p role="alert">{fault}</p>}
      {session === undefined ? null : (
        <>
          <SessionTimes end={session.end} session={session} start={session.start} />
          {session.claim ? <ClaimView claim={session.claim} /> : null}
          <ClaimActions session={session} />
          <SessionActions session={session} />
        </>
      )}
    </section>
  )
}
