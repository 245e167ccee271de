'use client'

import { useDocumentInfo } from '@payloadcms/ui'
import { api, getJson } from './lib/api'
import { useAnswer } from './lib/use-answer'
import { ClaimActions } from './session/claim-actions'
import { ClaimView } from './session/claim-view'
import type { SessionView } from './session/session-view'
import { useWords } from './lib/use-words'

const idOf = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string'
    ? value.id
    : undefined
}

/** The session that a claim is about, as the API shows it to whoever is logged in. */
const askSession = async (id: string, signal: AbortSignal): Promise<{ data?: { session: SessionView } }> => {
  const found = await getJson(
    `/api/scheduled-sessions/${encodeURIComponent(id)}?depth=0&select[reference]=true`,
    signal,
  )
  const reference: unknown = typeof found === 'object' && found !== null && 'reference' in found ? found.reference : ''
  return api.GET('/api/booking/sessions/{reference}', { params: { path: { reference: String(reference) } }, signal })
}

/** At the head of a claim: what each side says, what is known, what deciding it would do, and the buttons for it. */
export const NoShowClaimPanel = () => {
  const { say } = useWords()
  const { data, id } = useDocumentInfo()
  const sessionId = id === undefined ? undefined : idOf(data?.scheduledSession)
  const { value, fault } = useAnswer(
    sessionId === undefined ? undefined : { key: sessionId, ask: (signal) => askSession(sessionId, signal) },
    data?.updatedAt,
  )
  if (sessionId === undefined) return null
  const session = value?.session
  // A later claim about the same session is another record.
  const claim = session?.claim?.reference === data?.reference ? session?.claim : undefined
  return (
    <section aria-label={say('This claim')} className="parley-panel">
      {fault === undefined ? null : <p role="alert">{fault}</p>}
      {session && claim ? (
        <>
          <ClaimView claim={claim} />
          <ClaimActions session={session} />
        </>
      ) : null}
      {session && !claim ? (
        <p className="parley-quiet">
          {say('There is a later claim about this session: {link}', { link: session.claim?.reference ?? '–' })}
        </p>
      ) : null}
    </section>
  )
}
