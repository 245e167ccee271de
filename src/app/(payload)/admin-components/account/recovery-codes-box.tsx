'use client'

import { Button, toast } from '@payloadcms/ui'
import { useEffect, useId, useRef } from 'react'
import { saveContent } from '../lib/save-file'
import { useWords } from '../lib/use-words'

/** The codes for emergencies, which are shown this once. */
export const RecoveryCodesBox = ({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) => {
  const { say } = useWords()
  const heading = useId()
  const head = useRef<HTMLHeadingElement>(null)
  // They stand where something else was pressed: whoever does not see it is brought here.
  useEffect(() => head.current?.focus(), [])
  const text = codes.join('\n')
  return (
    <section aria-labelledby={heading} className="parley-panel">
      <h2 id={heading} ref={head} tabIndex={-1}>
        {say('Your recovery codes')}
      </h2>
      <p>
        {say(
          'Keep them where you keep what is important, and not on the device that you log in with. Each opens your account once, together with your password, when your device is lost.',
        )}{' '}
        <strong>{say('They are not shown again.')}</strong>
      </p>
      <ol className="parley-recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div className="parley-actions">
        <Button
          buttonStyle="secondary"
          margin={false}
          onClick={() =>
            void navigator.clipboard.writeText(text).then(
              () => toast.success(say('They are copied.')),
              () => toast.error(say('The browser does not let them be copied. Save them, or write them down.')),
            )
          }
          size="medium"
          type="button"
        >
          {say('Copy')}
        </Button>
        <Button
          buttonStyle="secondary"
          margin={false}
          onClick={() =>
            saveContent({ content: new Blob([`${text}\n`], { type: 'text/plain' }), name: 'recovery-codes.txt' })
          }
          size="medium"
          type="button"
        >
          {say('Save as a file')}
        </Button>
        <Button margin={false} onClick={onKept} size="medium" type="button">
          {say('I have kept them')}
        </Button>
      </div>
    </section>
  )
}
