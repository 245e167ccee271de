'use client'

import { FieldLabel, useForm, useFormFields } from '@payloadcms/ui'
import type { ArrayFieldClientProps } from 'payload'
import { HistoryEntry, type HistoryStep } from './lib/history-entry'
import { InstantText } from './lib/instant-text'
import { usePeople } from './lib/use-people'
import { useWords } from './lib/use-words'

type Move = HistoryStep & { fromStartsAt?: string | null; toStartsAt?: string | null }

/** From when to when a session was moved, latest first. */
export const RescheduleHistory = ({ field, path }: ArrayFieldClientProps) => {
  const { say } = useWords()
  const { getDataByPath } = useForm()
  useFormFields(([fields]) => fields[path]?.rows)
  const moves = getDataByPath<Move[] | undefined>(path) ?? []
  const people = usePeople(moves.map(({ by }) => by))
  return (
    <div className="field-type">
      <FieldLabel label={field.label} path={path} />
      {moves.length ? null : <p className="parley-quiet">{say('It was never moved.')}</p>}
      <ol className="parley-history">
        {moves.toReversed().map((move, index) => (
          <HistoryEntry key={index} people={people} step={move}>
            {move.fromStartsAt ? <InstantText instant={move.fromStartsAt} /> : '?'} →{' '}
            {move.toStartsAt ? <InstantText instant={move.toStartsAt} /> : '?'}
          </HistoryEntry>
        ))}
      </ol>
    </div>
  )
}
