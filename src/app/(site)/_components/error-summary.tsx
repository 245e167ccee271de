'use client'

import { useEffect, useRef } from 'react'
import { fieldId } from '../_lib/booking-form'
import type { Form } from '../_lib/use-form'
import { useTexts } from '../_lib/use-texts'
import { Icon } from './icon'

type Props = {
  faults: Form['faults']
  /** Counts the attempts to send; each failed one moves the focus here. */
  attempt: number
}

/** All faults of a form above it, each a link to its field. */
export const ErrorSummary = ({ faults, attempt }: Props) => {
  const { messages } = useTexts()
  const box = useRef<HTMLDivElement>(null)
  const hasFaults = faults.length > 0
  useEffect(() => {
    if (attempt > 0) box.current?.focus()
  }, [attempt])

  if (!hasFaults) return null
  return (
    <div ref={box} className="notice notice--bad" role="alert" tabIndex={-1} data-testid="error-summary">
      <Icon name="alert" />
      <div className="notice__body">
        <h2 className="notice__title">{messages.validation.summary(faults.length)}</h2>
        <ul>
          {faults.map(({ path, label, message }) => (
            <li key={path}>
              <a
                href={`#${fieldId(path)}`}
                onClick={(event) => {
                  event.preventDefault()
                  document.getElementById(fieldId(path))?.focus()
                }}
              >
                {label}: {message}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
