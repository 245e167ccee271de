'use client'

import { FieldLabel, useForm, useFormFields } from '@payloadcms/ui'
import type { ArrayFieldClientProps } from 'payload'
import { HistoryEntry, type HistoryStep } from './lib/history-entry'
import { StatePill } from './lib/state-pill'
import { usePeople } from './lib/use-people'
import { useStatusOptions } from './lib/use-status-options'
import { useWords } from './lib/use-words'

type Change = HistoryStep & { from?: string | null; to: string }

/** What happened to a record, latest first: from which state into which, when, by whom and why. */
export const StatusHistory = ({ field, path }: ArrayFieldClientProps) => {
  const { say, optionLabel } = useWords()
  const { getDataByPath } = useForm()
  // Only to be drawn again when the form has other rows.
  useFormFields(([fields]) => fields[path]?.rows)
  const changes = getDataByPath<Change[] | undefined>(path) ?? []
  const people = usePeople(changes.map(({ by }) => by))
  const options = useStatusOptions()
  const name = (state: string) => optionLabel(options, state)
  return (
    <div className="field-type">
      <FieldLabel label={field.label} path={path} />
      {changes.length ? null : <p className="parley-quiet">{say('Nothing has happened yet.')}</p>}
      <ol className="parley-history">
        {changes.toReversed().map((change, index) => (
          <HistoryEntry key={index} people={people} step={change}>
            {change.from && change.from !== change.to ? `${name(change.from)} → ` : ''}
            <StatePill
              label={change.from === change.to ? say('{state}, moved', { state: name(change.to) }) : name(change.to)}
              state={change.to}
            />
          </HistoryEntry>
        ))}
      </ol>
    </div>
  )
}
