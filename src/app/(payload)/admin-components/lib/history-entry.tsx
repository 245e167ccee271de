'use client'

import type { ReactNode } from 'react'
import { actorRoles } from '#shared/actor'
import { InstantText } from './instant-text'
import { useWords } from './use-words'

export type HistoryStep = {
  at: string
  by?: string | null
  actorRole?: keyof typeof actorRoles | null
  reason?: string | null
}

type Props = { step: HistoryStep; people: ReadonlyMap<string, string>; children: ReactNode }

/** One step in the history of a record: what, when, by whom, why. */
export const HistoryEntry = ({ step: { at, by, actorRole, reason }, people, children }: Props) => {
  const { inWords } = useWords()
  const who = [by ? people.get(by) : undefined, actorRole ? inWords(actorRoles[actorRole]) : undefined].filter(Boolean)
  return (
    <li>
      <p>{children}</p>
      <p className="parley-quiet">
        <InstantText instant={at} />
        {who.length ? ` · ${who.join(', ')}` : null}
      </p>
      {reason ? <p>“{reason}”</p> : null}
    </li>
  )
}
