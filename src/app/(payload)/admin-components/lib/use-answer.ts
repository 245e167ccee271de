'use client'

import { useConfig } from '@payloadcms/ui'
import { useEffect, useState } from 'react'
import { explain, getJson } from './api'

export type AnswerState<Value> = { value?: Value; fault?: string }

/**
 * What the API answers at `path` (below `/api`); asked again when the path or `version` changes. Nothing is asked without a path.
 * `read` must be a constant function.
 */
export const useAnswer = <Value>(
  path: string | undefined,
  read: (answer: unknown) => Value,
  version?: unknown,
): AnswerState<Value> => {
  const { config } = useConfig()
  const base = config.routes.api
  const [answer, setAnswer] = useState<AnswerState<Value>>({})
  useEffect(() => {
    if (path === undefined) return
    const stop = new AbortController()
    getJson(`${base}${path}`, stop.signal)
      .then((json) => setAnswer({ value: read(json) }))
      .catch((error: unknown) => {
        if (!stop.signal.aborted) setAnswer({ fault: explain(error) })
      })
    return () => stop.abort()
  }, [base, path, read, version])
  return answer
}
