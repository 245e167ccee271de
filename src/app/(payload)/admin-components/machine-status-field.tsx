'use client'

import { SelectField, useDocumentInfo } from '@payloadcms/ui'
import type { SelectFieldClientProps } from 'payload'
import { useState } from 'react'
import { relatedId } from '#access/related-id'
import { firstStatesOf, type StatusMachine, nextStatesOf } from './lib/next-states'
import { useSide } from './lib/use-side'
import { useWords } from './lib/use-words'

type Props = SelectFieldClientProps & { machine: StatusMachine }

/** The state of a session or a request: offers what can be chosen now, and says what each choice does. */
export const MachineStatusField = ({ machine, ...props }: Props) => {
  const { say, inWords } = useWords()
  const { data, id } = useDocumentInfo()
  const [now] = useState(() => Date.now())
  const role = useSide(relatedId(data?.consultant ?? data?.assignedConsultant))
  const isNew = id === undefined
  const from: unknown = isNew ? undefined : data?.status
  const choices = isNew
    ? firstStatesOf(machine)
    : role === undefined
      ? []
      : nextStatesOf(machine, { from, role, startsAt: data?.startsAt, endsAt: data?.endsAt, now })
  const offered = new Set<unknown>([from, ...choices.map(({ state }) => state)])
  const options = props.field.options.filter((option) =>
    offered.has(typeof option === 'string' ? option : option.value),
  )
  return (
    <div className="parley-machine">
      <SelectField
        {...props}
        field={{ ...props.field, options }}
        readOnly={Boolean(props.readOnly) || choices.length === 0}
      />
      {choices.length ? (
        <details>
          <summary>{say('What can be chosen, and what it does')}</summary>
          <dl className="parley-facts">
            {choices.map(({ state, label, follows }) => (
              <div key={state}>
                <dt>{inWords(label)}</dt>
                <dd>{follows}</dd>
              </div>
            ))}
          </dl>
        </details>
      ) : isNew || role === undefined ? null : (
        <p className="parley-quiet">{say('Nothing else can be chosen from here.')}</p>
      )}
    </div>
  )
}
