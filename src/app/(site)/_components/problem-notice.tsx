'use client'

import { useEffect, useRef, useState } from 'react'
import type { ApiError } from '../_lib/api-error'
import { errorText } from '../_lib/error-text'
import { useNow } from '../_lib/use-now'
import { serverNow } from '../_lib/clock'
import { useTexts } from '../_lib/use-texts'
import { Icon } from './icon'

type Props = {
  error: ApiError
  onRetry?: (() => void) | undefined
  title?: string
  /** Move the focus here when it appears, because the visitor has just pressed the button that failed. */
  takesFocus?: boolean
}

/** Says what went wrong and, where that makes sense, offers to try again once the server wants to be asked again. */
export const ProblemNotice = ({ error, onRetry, title, takesFocus = false }: Props) => {
  const texts = useTexts()
  const { messages } = texts
  const heading = useRef<HTMLHeadingElement>(null)
  const [since, setSince] = useState(() => ({ error, at: serverNow() }))
  if (since.error !== error) setSince({ error, at: serverNow() })
  const now = useNow(1000)

  useEffect(() => {
    if (takesFocus) heading.current?.focus()
  }, [error, takesFocus])

  const wait = error.retryAfterSeconds ?? 0
  const left = now === undefined ? wait : Math.max(0, Math.ceil(wait - (now - since.at) / 1000))
  return (
    <div className="notice notice--bad" role="alert">
      <Icon name="alert" />
      <div className="notice__body">
        <h2 className="notice__title" ref={heading} tabIndex={-1}>
          {title ?? messages.errors.title}
        </h2>
        <p>{errorText(error, texts)}</p>
        {left > 0 ? <p aria-hidden="true">{messages.common.retryIn(left)}</p> : null}
        {onRetry ? (
          <button type="button" className="button button--quiet" onClick={onRetry} disabled={left > 0}>
            {messages.common.retry}
          </button>
        ) : null}
      </div>
    </div>
  )
}
