'use client'

import { Link, useConfig } from '@payloadcms/ui'
import type { ClientField } from 'payload'
import { InstantText } from '../lib/instant-text'
import { recordUrl } from '../lib/list-url'
import { StatePill } from '../lib/state-pill'
import { findStatusOptions } from '../lib/use-status-options'
import { useWords } from '../lib/use-words'

type Found = { id: string; title: string; note: string | null; status: string | null; at: string | null }

/** What was found of one kind, each with the way to it. */
export const SearchGroup = ({
  collection,
  title,
  fields,
  records,
}: {
  collection: string
  title: string
  fields: readonly ClientField[]
  records: readonly Found[]
}) => {
  const { config } = useConfig()
  const { optionLabel } = useWords()
  const states = findStatusOptions(fields, collection === 'invoices' ? 'kind' : 'status') ?? []
  return (
    <section aria-label={title} className="parley-search__group">
      <h3>{title}</h3>
      <ul className="parley-lines">
        {records.map(({ id, title: name, note, status, at }) => (
          <li key={id}>
            <Link href={recordUrl(config.routes.admin, collection, id)} prefetch={false}>
              {name}
            </Link>{' '}
            {at === null ? null : <InstantText instant={at} />}{' '}
            {status === null ? null : <StatePill label={optionLabel(states, status)} state={status} />}{' '}
            {note === null ? null : <span className="parley-quiet">{note}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}
