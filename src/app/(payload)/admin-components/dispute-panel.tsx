'use client'

import { Button, useAuth, useDocumentInfo, useModal } from '@payloadcms/ui'
import { useState } from 'react'
import { labelsOf } from '#database/fields/readable-labels'
import { disputesForEvidence, disputeStates } from '#payments/payment-states'
import { InstantText } from './lib/instant-text'
import { StatePill } from './lib/state-pill'
import { api } from './lib/api'
import { useCommand } from './lib/use-command'
import { ReasonDialog } from './session/reason-dialog'
import { useWords } from './lib/use-words'

const dialogs = { submit: 'submit-evidence', accept: 'accept-dispute' }

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isInstant = (value: string): boolean => /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value)

/** A value of the evidence as people read it, however deep. */
const Said = ({ value }: { value: unknown }) => {
  const { say } = useWords()
  if (value === null || value === undefined || value === '') return <>–</>
  if (typeof value === 'boolean') return <>{value ? say('Yes') : say('No')}</>
  if (typeof value === 'string' && isInstant(value)) return <InstantText instant={value} />
  if (Array.isArray(value)) {
    const parts: unknown[] = value
    return parts.length ? (
      <ol className="parley-evidence-list">
        {parts.map((part, index) => (
          <li key={index}>
            <Said value={part} />
          </li>
        ))}
      </ol>
    ) : (
      <>–</>
    )
  }
  if (isRecord(value)) return <Facts facts={value} />
  return <>{String(value)}</>
}

const Facts = ({ facts }: { facts: Record<string, unknown> }) => {
  const { inWords } = useWords()
  return (
    <dl className="parley-facts parley-evidence">
      {Object.entries(facts).map(([name, value]) => (
        <div key={name}>
          <dt>{inWords(labelsOf(name))}</dt>
          <dd>
            <Said value={value} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** What the bank can be told, with a confirmation: it takes evidence once, and a dispute that was conceded is lost. */
const Actions = ({ reference }: { reference: string }) => {
  const { say } = useWords()
  const { openModal } = useModal()
  const { run, isRunning } = useCommand()
  const [isCollected, setCollected] = useState(false)
  const params = { path: { reference } }
  const answer = (submit: boolean) =>
    api.POST('/api/payments/disputes/{reference}/evidence', { params, body: { submit } })
  const common = { disabled: isRunning, margin: false, size: 'medium', type: 'button' } as const
  const collect = async () => setCollected(await run({ send: () => answer(false), done: say('Collected anew.') }))
  return (
    <div aria-label={say('What can be done now')} className="parley-actions" role="group">
      <Button {...common} onClick={() => openModal(dialogs.submit)}>
        {say('Submit evidence')}
      </Button>
      <Button {...common} buttonStyle="secondary" onClick={() => void collect()}>
        {isCollected ? say('Collect once more') : say('Collect anew')}
      </Button>
      <Button {...common} buttonStyle="error" onClick={() => openModal(dialogs.accept)}>
        {say('Accept the dispute')}
      </Button>
      <ReasonDialog
        confirm={say('Submit to the bank')}
        hasReason={false}
        heading={say('Submit this evidence?')}
        onConfirm={() => run({ send: () => answer(true), done: say('Submitted. The bank decides.') })}
        slug={dialogs.submit}
      >
        <p>
          {say(
            'The bank gets what was collected and what you wrote into “Evidence text”, as it is saved now. It takes evidence once: nothing can be added later.',
          )}
        </p>
      </ReasonDialog>
      <ReasonDialog
        confirm={say('Accept, and lose it')}
        hasReason={false}
        heading={say('Accept this dispute?')}
        onConfirm={() =>
          run({
            send: () => api.POST('/api/payments/disputes/{reference}/accept', { params }),
            done: say('Accepted. The customer keeps the money.'),
          })
        }
        slug={dialogs.accept}
      >
        <p>
          {say(
            'The customer keeps the money, and what was paid out to the consultant is taken back. This cannot be undone.',
          )}
        </p>
      </ReasonDialog>
    </div>
  )
}

/** At the head of a dispute: until when to answer, what speaks for us, and how to tell the bank. */
export const DisputePanel = () => {
  const { say, weave, labelIn } = useWords()
  const { data, id } = useDocumentInfo()
  const { user } = useAuth()
  if (id === undefined || !data) return null
  const reference: unknown = data.reference
  const status = String(data.status)
  const dueBy: unknown = data.evidenceDueBy
  const isStaff = Boolean(user?.roles?.some((role: string) => role === 'admin' || role === 'operations'))
  const isOpen = disputesForEvidence.some((state) => state === status)
  return (
    <section aria-label={say('This dispute')} className="parley-panel">
      <p>
        <StatePill label={labelIn(disputeStates, status)} state={status} />{' '}
        {isOpen && typeof dueBy === 'string' ? (
          <strong>{weave('Answer by {when}', { when: <InstantText instant={dueBy} /> })}</strong>
        ) : null}
      </p>
      {isStaff && isOpen && typeof reference === 'string' ? <Actions reference={reference} /> : null}
      {isStaff ? (
        <details open={isOpen}>
          <summary>{say('What was collected')}</summary>
          {isRecord(data.evidence) ? (
            <Facts facts={data.evidence} />
          ) : (
            <p className="parley-quiet">{say('Nothing was collected yet.')}</p>
          )}
        </details>
      ) : null}
    </section>
  )
}
