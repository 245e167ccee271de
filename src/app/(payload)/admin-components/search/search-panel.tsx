'use client'

import { getTranslation } from '@payloadcms/translations'
import { useConfig, useDebounce, useTranslation } from '@payloadcms/ui'
import { type KeyboardEvent, useId, useState } from 'react'
import { dataOf } from '../../../_api/data-of'
import { api } from '../lib/api'
import { keepKeys } from '../lib/keep-keys'
import { useAnswer } from '../lib/use-answer'
import { useWords } from '../lib/use-words'
import type { AdminWords } from '../words/admin-words'
import { SearchGroup } from './search-group'

const waitMs = 200

/** The arrow keys go from what was found to the next, and back to the field. */
const walk = (event: KeyboardEvent<HTMLElement>): void => {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input, a')]
  const here = stops.findIndex((stop) => stop === document.activeElement)
  const next = stops[here + (event.key === 'ArrowDown' ? 1 : -1)]
  if (!next) return
  event.preventDefault()
  next.focus()
}

/** A field, and below it what is found by what is typed: people, bookings, requests, money. */
export const SearchPanel = ({ question = '' }: { question?: string }) => {
  const { i18n } = useTranslation()
  const { say } = useWords()
  const { getEntityConfig } = useConfig()
  const [typed, setTyped] = useState(question)
  const id = useId()
  const asked = useDebounce(typed, waitMs).trim()
  const { value, fault } = useAnswer(
    asked
      ? {
          key: asked,
          ask: async (signal) => {
            const { groups } = await dataOf(
              api.GET('/api/operations/search', { params: { query: { q: asked } }, signal }),
            )
            return { data: { asked, groups } }
          },
        }
      : undefined,
  )
  // What was found for what was typed before says nothing of this.
  const answer = value?.asked === asked ? value : undefined
  const groups = answer?.groups ?? []
  const count = groups.reduce((sum, { records }) => sum + records.length, 0)
  const state = stateOf({ say, asked, count: answer && count })
  return (
    <div className="parley-search" onKeyDown={walk} role="search">
      <label htmlFor={id}>{say('Name, address, telephone number, reference or id')}</label>
      <input
        autoComplete="off"
        autoFocus
        id={id}
        maxLength={200}
        onChange={({ target }) => setTyped(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') keepKeys(event)
        }}
        type="search"
        value={typed}
      />
      {fault === undefined ? (
        <p className="parley-quiet" role="status">
          {state}
        </p>
      ) : (
        <p className="parley-fault" role="alert">
          {fault}
        </p>
      )}
      {groups.map(({ collection, records }) => (
        <SearchGroup
          collection={collection}
          fields={getEntityConfig({ collectionSlug: collection })?.fields ?? []}
          key={collection}
          records={records}
          title={getTranslation(getEntityConfig({ collectionSlug: collection })?.labels.plural ?? collection, i18n)}
        />
      ))}
    </div>
  )
}

/** What there is to say of what was asked; `count`: undefined until it is answered. */
const stateOf = ({
  say,
  asked,
  count,
}: Pick<AdminWords, 'say'> & { asked: string; count: number | undefined }): string => {
  if (!asked) return say('Three characters of a name or an address are enough; numbers and ids as a whole.')
  if (count === undefined) return say('Searching …')
  if (!count) return say('Nothing was found for “{question}”.', { question: asked })
  return count === 1 ? say('One was found.') : say('{count} were found.', { count })
}
