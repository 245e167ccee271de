'use client'

import { useEffect } from 'react'
import { findSlots, type SlotQuery } from './api'
import type { Slots } from './api-types'
import { addDays } from './dates'
import { prefetch, useQuery, type QueryResult } from './use-query'

/** Others book too: what was read longer ago is read again. */
const maxAgeMs = 20_000

export const windowDays = 7

/** What the slots are asked for, but for the window. */
export type SlotSource = Omit<SlotQuery, 'start' | 'end'>

const windowQuery = (source: SlotSource, start: string) => {
  const query: SlotQuery = { ...source, start, end: addDays(start, windowDays - 1) }
  return { key: `slots:${JSON.stringify(query)}`, load: () => findSlots(query), maxAgeMs }
}

/** The free times of the seven days from `start`; those of the next seven are loaded meanwhile. */
export const useSlotWindow = (source: SlotSource, start: string): QueryResult<Slots> => {
  const result = useQuery(windowQuery(source, start))
  const isLoaded = result.data !== undefined
  const nextKey = JSON.stringify([source, start])
  useEffect(() => {
    if (isLoaded) prefetch(windowQuery(source, addDays(start, windowDays)))
  }, [isLoaded, nextKey])
  return result
}

/** How far ahead the API looks in one request. */
const searchDays = 62

/** The first date after an empty window that has a free time; `null` when there is none. Only asked when `isWanted`. */
export const useNextFreeDate = (
  source: SlotSource,
  { after, isWanted }: { after: string; isWanted: boolean },
): string | null | undefined => {
  const query: SlotQuery = { ...source, start: addDays(after, 1), end: addDays(after, searchDays) }
  const { data } = useQuery({
    key: isWanted ? `slots:${JSON.stringify(query)}` : null,
    load: () => findSlots(query),
    maxAgeMs,
  })
  return data === undefined ? undefined : (Object.keys(data.slots)[0] ?? null)
}
