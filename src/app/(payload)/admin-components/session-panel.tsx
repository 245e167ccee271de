'use client'

import { useDocumentInfo } from '@payloadcms/ui'
import { useAnswer } from './lib/use-answer'
import { SessionActions } from './session/session-actions'
import { SessionTimes } from './session/session-times'
import { toSessionView } from './session/session-view'

/** Beside a session: when it is for each side, and what may be done with it now, in one click. */
export const SessionPanel = () => {
  const { data, id } = useDocumentInfo()
  const reference: unknown = data?.reference
  const path = id !== undefined && typeof reference === 'string' ? `/booking/sessions/${reference}` : undefined
  const { value: session, fault } = useAnswer(path, toSessionView, data?.updatedAt)
  if (path === undefined) return null
  return (
    <section aria-label="This session" className="parley-panel">
      {fault === undefined ? null : <p role="alert">{fault}</p>}
      {session === undefined ? null : (
        <>
          <SessionTimes end={session.end} session={session} start={session.start} />
          <SessionActions session={session} />
        </>
      )}
    </section>
  )
}
