'use client'

import { Link } from '@payloadcms/ui'
import { type WorkListView, type WorkQuery, workUrl } from './work-view'
import { useWords } from '../lib/use-words'

type Props = { path: string; query: WorkQuery; counts: WorkListView['counts'] }

const sum = (counts: WorkListView['counts']): number => counts.reduce((total, { count }) => total + count, 0)

const Choice = ({
  href,
  isChosen,
  label,
  count,
}: {
  href: string
  isChosen: boolean
  label: string
  count?: number
}) => (
  <li>
    <Link aria-current={isChosen ? 'page' : undefined} href={href} prefetch={false}>
      {label}
      {count === undefined ? null : ` (${count})`}
    </Link>
  </li>
)

/** What of it is looked at: by whether it was given up, kind, provider, and what is searched for. */
export const WorkFilters = ({ path, query, counts }: Props) => {
  const { say } = useWords()
  const isGivenUp = query.shown === 'given_up'
  const kinds = new Map<string, string>(counts.map(({ kind, label }) => [kind, label]))
  const providers = new Map(
    counts.flatMap(({ provider }) => (provider ? [[provider.name, provider.label] as const] : [])),
  )
  const search = query.search ? { search: query.search } : {}
  return (
    <div className="parley-work__filters">
      <nav aria-label={say('What is shown')}>
        <ul className="parley-filters">
          <Choice
            count={sum(counts)}
            href={workUrl(path, search)}
            isChosen={!isGivenUp && !query.kind}
            label={say('Stuck')}
          />
          {[...kinds].map(([kind, label]) => (
            <Choice
              count={sum(counts.filter((one) => one.kind === kind))}
              href={workUrl(path, { ...search, kind })}
              isChosen={!isGivenUp && query.kind === kind}
              key={kind}
              label={label}
            />
          ))}
          <Choice href={workUrl(path, { ...search, shown: 'given_up' })} isChosen={isGivenUp} label={say('Given up')} />
        </ul>
      </nav>
      {/* A search begins at the first page; kind and list stay. */}
      <form action={path} className="parley-period" key={JSON.stringify(query)} method="get" role="search">
        {query.kind ? <input name="kind" type="hidden" value={query.kind} /> : null}
        {query.shown ? <input name="shown" type="hidden" value={query.shown} /> : null}
        <label>
          {say('Reference, name or e-mail address')}{' '}
          <input defaultValue={query.search} maxLength={200} name="search" type="search" />
        </label>
        <label>
          {say('Provider')}{' '}
          <select defaultValue={query.provider ?? ''} name="provider">
            <option value="">{say('All')}</option>
            {[...providers].map(([name, label]) => (
              <option key={name} value={name}>
                {label}
              </option>
            ))}
            {query.provider && !providers.has(query.provider) ? (
              <option value={query.provider}>{query.provider}</option>
            ) : null}
          </select>
        </label>
        <button className="parley-slot" type="submit">
          {say('Show')}
        </button>
      </form>
    </div>
  )
}
