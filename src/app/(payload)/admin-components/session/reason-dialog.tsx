'use client'

import { ConfirmationModal, useModal } from '@payloadcms/ui'
import { type ReactNode, useId, useState } from 'react'
import { keepKeys } from '../lib/keep-keys'
import { useWords } from '../lib/use-words'

type Props = {
  slug: string
  heading: string
  confirm: string
  children: ReactNode
  /** Whether a reason is asked for at all, and whether it can be left out. */
  hasReason?: boolean
  needsReason?: boolean
  /** What the text is called, where it is no reason. */
  label?: string
  /** Gets the reason, or undefined when none was given. Answers whether it was done: only then the reason is forgotten. */
  onConfirm: (reason: string | undefined) => Promise<boolean>
}

/** Asks before something that cannot be taken back, and for the reason that is sent along and kept in the history. */
export const ReasonDialog = ({
  slug,
  heading,
  confirm,
  children,
  hasReason = true,
  needsReason = false,
  label,
  onConfirm,
}: Props) => {
  const { say } = useWords()
  const { isModalOpen } = useModal()
  const asked = label ?? say('Reason')
  const [reason, setReason] = useState('')
  const id = useId()
  if (!isModalOpen(slug)) return null
  const body = (
    <div className="parley-dialog">
      {children}
      {hasReason ? (
        <>
          <label htmlFor={id}>{needsReason ? asked : say('{label} (optional)', { label: asked })}</label>
          <textarea
            id={id}
            maxLength={1000}
            onChange={(event) => setReason(event.target.value)}
            onKeyDown={keepKeys}
            rows={3}
            value={reason}
          />
        </>
      ) : null}
    </div>
  )
  return (
    <ConfirmationModal
      body={body}
      cancelLabel={say('Keep it as it is')}
      confirmLabel={confirm}
      heading={heading}
      modalSlug={slug}
      onConfirm={async () => {
        if (await onConfirm(reason.trim() || undefined)) setReason('')
      }}
    />
  )
}
