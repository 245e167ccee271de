'use client'

import { useCallback, useEffect, useEffectEvent, useState } from 'react'
import { asApiError, type ApiError } from './api-error'

/**
 * Reads from the API with a small cache per tab: what was loaded (or prefetched) a moment ago is shown at once, and loaded
 * again when it is older than `maxAgeMs`.
 */

type Entry = { promise: Promise<unknown>; value: unknown; loadedAt: number | undefined }

const entries = new Map<string, Entry>()
const maxEntries = 200

const isFresh = ({ loadedAt }: Entry, maxAgeMs: number): boolean =>
  loadedAt === undefined || Date.now() - loadedAt < maxAgeMs

type Load<T> = { key: string; load: () => Promise<T>; maxAgeMs: number }

const loadInto = <T>({ key, load, maxAgeMs }: Load<T>): Promise<T> => {
  const known = entries.get(key)
  // A key is only ever loaded by one kind of loader, so its value has that loader's type.
  if (known && isFresh(known, maxAgeMs)) return known.promise as Promise<T>
  const promise = load()
  const entry: Entry = { promise, value: known?.value, loadedAt: undefined }
  entries.delete(key)
  entries.set(key, entry)
  const oldest = entries.keys().next().value
  if (entries.size > maxEntries && oldest !== undefined) entries.delete(oldest)
  promise.then(
    (value) => {
      entry.value = value
      entry.loadedAt = Date.now()
    },
    () => {
      if (entries.get(key) === entry) entries.delete(key)
    },
  )
  return promise
}

/** Loads what will probably be asked for next; a failure is silent, as the real read will meet it again. */
export const prefetch = <T>(query: Load<T>): void => {
  loadInto(query).catch(() => undefined)
}

const onForget = new Set<(keyPrefix: string) => void>()

/** Forgets everything whose key begins so, after a command that changed it; what of it is on the page is read again. */
export const forget = (keyPrefix: string): void => {
  for (const key of entries.keys()) if (key.startsWith(keyPrefix)) entries.delete(key)
  for (const listener of onForget) listener(keyPrefix)
}

export type QueryResult<T> = {
  data: T | undefined
  error: ApiError | undefined
  /** Whether a read is under way; `data` may be there from before. */
  isLoading: boolean
  /** Whether `data` belongs to another key than the present one (only with `keepPrevious`). */
  isPrevious: boolean
  reload: () => void
  /** Shows what a command has answered without reading it again. */
  replace: (data: T) => void
}

type State<T> = { key: string | null; data: T | undefined; error: ApiError | undefined; isLoading: boolean }

export const useQuery = <T>({
  key,
  load,
  maxAgeMs = 60_000,
  keepPrevious = false,
}: {
  /** Names what is read; `null` while it cannot be known yet. */
  key: string | null
  load: () => Promise<T>
  maxAgeMs?: number
  /** Show the last answer while another is loaded, for lists that are filtered while somebody looks at them. */
  keepPrevious?: boolean
}): QueryResult<T> => {
  const [state, setState] = useState<State<T>>({ key: null, data: undefined, error: undefined, isLoading: true })
  const [attempt, setAttempt] = useState(0)

  const start = useEffectEvent((isCurrent: () => boolean) => {
    if (key === null) return
    const known = entries.get(key)
    setState((previous) => ({
      key: known?.value === undefined && keepPrevious ? previous.key : key,
      data: known?.value === undefined && (keepPrevious || previous.key === key) ? previous.data : (known?.value as T),
      error: undefined,
      isLoading: true,
    }))
    loadInto({ key, load, maxAgeMs }).then(
      (data) => {
        if (isCurrent()) setState({ key, data, error: undefined, isLoading: false })
      },
      (error: unknown) => {
        if (!isCurrent()) return
        setState((previous) => ({ ...previous, key, error: asApiError(error), isLoading: false }))
      },
    )
  })

  useEffect(() => {
    let isCurrent = true
    start(() => isCurrent)
    return () => {
      isCurrent = false
    }
  }, [key, attempt])

  const reload = useCallback(() => {
    if (key !== null) entries.delete(key)
    setAttempt((n) => n + 1)
  }, [key])

  const replace = useCallback((data: T) => setState({ key, data, error: undefined, isLoading: false }), [key])

  useEffect(() => {
    const listener = (keyPrefix: string): void => {
      if (key?.startsWith(keyPrefix)) setAttempt((n) => n + 1)
    }
    onForget.add(listener)
    return () => {
      onForget.delete(listener)
    }
  }, [key])

  const belongs = state.key === key
  return {
    data: belongs || keepPrevious ? state.data : undefined,
    error: belongs ? state.error : undefined,
    isLoading: belongs ? state.isLoading : true,
    isPrevious: !belongs && keepPrevious && state.data !== undefined,
    reload,
    replace,
  }
}
