'use client'

import { FieldDescription, FieldError, FieldLabel, useField, withCondition } from '@payloadcms/ui'
import type { JSONFieldClientProps } from 'payload'
import { useState } from 'react'
import { factsOf } from './lib/facts'
import { useWords } from './lib/use-words'

const asText = (value: unknown): string => (value === null || value === undefined ? '' : JSON.stringify(value, null, 2))

type Parsed = { value: unknown } | { fault: string }

const parse = (text: string): Parsed => {
  if (!text.trim()) return { value: null }
  try {
    return { value: JSON.parse(text) as unknown }
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) }
  }
}

const Editor = ({ id, value, onChange }: { id: string; value: unknown; onChange: (value: unknown) => void }) => {
  const { say } = useWords()
  const [text, setText] = useState(() => asText(value))
  const [fault, setFault] = useState<string>()
  const change = (next: string) => {
    setText(next)
    const parsed = parse(next)
    if ('fault' in parsed) return setFault(parsed.fault)
    setFault(undefined)
    onChange(parsed.value)
  }
  return (
    <>
      <textarea
        aria-describedby={`${id}-fault`}
        aria-invalid={fault !== undefined}
        className="parley-json"
        id={id}
        onChange={(event) => change(event.target.value)}
        rows={Math.min(16, text.split('\n').length + 1)}
        spellCheck={false}
        value={text}
      />
      <p aria-live="polite" className="parley-fault" id={`${id}-fault`}>
        {fault === undefined ? '' : say('Not kept, as it is not JSON: {fault}', { fault })}
      </p>
    </>
  )
}

const Json = ({ field, path: givenPath, readOnly }: JSONFieldClientProps) => {
  const words = useWords()
  const { say } = words
  const { path, setValue, showError, value } = useField<unknown>({ potentiallyStalePath: givenPath })
  const facts = factsOf(value, words)
  const isFixed = Boolean(readOnly ?? field.admin?.readOnly)
  const id = `field-${path.replaceAll('.', '__')}`
  return (
    <div className={`field-type${showError ? ' error' : ''}`}>
      <FieldLabel htmlFor={id} label={field.label} path={path} />
      <FieldError path={path} showError={showError} />
      {facts.length ? (
        <dl className="parley-facts">
          {facts.map(({ name, value: said }, index) => (
            <div key={index}>
              {name ? <dt>{name}</dt> : null}
              <dd>{said}</dd>
            </div>
          ))}
        </dl>
      ) : (
        <p className="parley-value">–</p>
      )}
      {isFixed ? null : (
        <details>
          <summary>{say('Edit as JSON')}</summary>
          <Editor id={id} onChange={setValue} value={value} />
        </details>
      )}
      <FieldDescription description={field.admin?.description} path={path} />
    </div>
  )
}

/** A JSON value as names and values; to edit it there is its source. */
export const JsonField = withCondition(Json)
