'use client'

import Link from 'next/link'
import { useEffect, useRef } from 'react'
import { EmptyState } from '../_components/empty-state'
import { ProblemNotice } from '../_components/problem-notice'
import { listConsultants } from '../_lib/api'
import { useAddressState } from '../_lib/use-address-state'
import { useNow } from '../_lib/use-now'
import { useQuery } from '../_lib/use-query'
import { useVisitorZone } from '../_lib/visitor-zone'
import { useTexts } from '../_lib/use-texts'
import { ExpertCard } from './expert-card'
import { FilterBar } from './filter-bar'
import { filtersUrl, hasFilters, readFilters, toConsultantQuery, type Filters } from './filters'
import { Pagination } from './pagination'
import { ResultsSkeleton } from './results-skeleton'
import { useFilterOptions } from './use-filter-options'

/** "Free today" begins now; a minute is fine enough, and one answer serves everything that is typed within it. */
const minute = 60_000

export const Directory = () => {
  const text = useTexts().messages.directory
  const [filters, setFilters] = useAddressState({ read: readFilters, toUrl: filtersUrl })
  const zone = useVisitorZone()
  const clock = useNow(minute)
  const options = useFilterOptions()
  const results = useRef<HTMLHeadingElement>(null)

  const now = clock === undefined ? undefined : Math.floor(clock / minute) * minute
  const query =
    zone !== undefined && now !== undefined ? toConsultantQuery(filters, { now, timeZone: zone }) : undefined
  const { data, error, isLoading, isPrevious, reload } = useQuery({
    key: query ? `consultants:${JSON.stringify(query)}` : null,
    load: () => listConsultants(query ?? {}),
    maxAgeMs: 30_000,
    keepPrevious: true,
  })

  const change = (changed: Partial<Filters>): void => setFilters({ ...filters, page: 1, ...changed })

  const shownPage = data?.page
  const pageBefore = useRef(shownPage)
  useEffect(() => {
    // After going to another page of the list, the keyboard goes on at its top.
    if (pageBefore.current !== undefined && shownPage !== undefined && pageBefore.current !== shownPage) {
      results.current?.focus()
    }
    pageBefore.current = shownPage
  }, [shownPage])

  return (
    <>
      <FilterBar filters={filters} options={options} zone={zone} onChange={change} />
      <div className="results-head">
        <h2 ref={results} tabIndex={-1} className="results-head__count">
          <span role="status">{data ? text.results(data.totalDocs) : text.updating}</span>
        </h2>
        {hasFilters(filters) ? (
          <Link className="text-link" href="/" scroll={false}>
            {text.clear}
          </Link>
        ) : null}
      </div>
      {error ? <ProblemNotice error={error} onRetry={reload} /> : null}
      {!data && !error ? <ResultsSkeleton /> : null}
      {data && zone !== undefined && now !== undefined ? (
        <div className={isPrevious ? 'results results--old' : 'results'} aria-busy={isLoading}>
          <ul className="card-grid">
            {data.docs.map((consultant) => (
              <ExpertCard key={consultant.id} consultant={consultant} service={filters.service} zone={zone} now={now} />
            ))}
          </ul>
          {data.docs.length === 0 && !isPrevious ? (
            <EmptyState
              icon="search"
              title={text.emptyTitle}
              text={filters.freeToday ? text.emptyTodayText : text.emptyText}
            >
              <Link className="button button--quiet" href="/" scroll={false}>
                {text.clear}
              </Link>
              <Link className="button" href="/request">
                {text.ask}
              </Link>
            </EmptyState>
          ) : null}
          <Pagination
            page={data.page}
            totalPages={data.totalPages}
            hrefOf={(page) => filtersUrl({ ...filters, page })}
          />
        </div>
      ) : null}
    </>
  )
}
