'use client'

import { useEffect, useId, useRef, useState } from 'react'
import { Notice } from '../../(site)/_components/notice'
import { saveFile } from '../../(site)/_lib/save-file'
import { useWords } from '../_lib/use-words'

type Props = {
  codes: readonly string[]
  /** The page has none for them yet. */
  hasHeading?: boolean
  onKept: () => void
}

const copy = async (text: string): Promise<boolean> => {
  try {
    // Not there on pages without TLS.
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}

/** The codes for emergencies, which are shown this once. */
export const RecoveryCodes = ({ codes, hasHeading = true, onKept }: Props) => {
  const id = useId()
  const { factor } = useWords()
  const box = useRef<HTMLElement>(null)
  const [isCopied, setCopied] = useState<boolean>()
  // They stand where something else was pressed: whoever does not see it is brought here.
  useEffect(() => box.current?.focus(), [])
  const text = codes.join('\n')
  return (
    <section
      ref={box}
      tabIndex={-1}
      className="panel account-panel"
      aria-label={factor.codesTitle}
      aria-describedby={id}
    >
      {hasHeading ? <h2>{factor.codesTitle}</h2> : null}
      <p id={id}>
        {factor.codesIntro} <strong>{factor.codesOnce}</strong>
      </p>
      <ol className="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div role="status">
        {isCopied === undefined ? null : (
          <Notice
            tone={isCopied ? 'good' : 'warn'}
            icon={isCopied ? 'check' : 'alert'}
            title={isCopied ? factor.copied : factor.notCopied}
          />
        )}
      </div>
      <div className="button-row">
        <button type="button" className="button button--quiet" onClick={() => void copy(text).then(setCopied)}>
          {factor.copy}
        </button>
        <button
          type="button"
          className="button button--quiet"
          onClick={() => saveFile(new Blob([`${text}\n`], { type: 'text/plain' }), factor.codesFile)}
        >
          {factor.save}
        </button>
        <button type="button" className="button" onClick={onKept}>
          {factor.kept}
        </button>
      </div>
    </section>
  )
}
