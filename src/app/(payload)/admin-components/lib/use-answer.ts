'use client'

import { useEffect, useEffectEvent, useState } from 'react'
import { dataOf } from '../../../_api/data-of'
import { explain } from './api'

export type Answer<Value> = { value?: Value; fault?: string }

/** A call of `api` that reads, and what tells it from other questions at the same place. */
type Question<Value> = { key: string; ask: (signal: AbortSignal) => Promise<{ data?: Value }> }

/** What the API answers; asked again when the key or `version` changes. Without a question nothing is asked. */
export const useAnswer = <Value>(question: Question<Value> | undefined, version?: unknown): Answer<Value> => {
  const [answer, setAnswer] = useState<Answer<Value>>({})
  const ask = useEffectEvent((stop: AbortController) => {
    if (!question) return
    dataOf(question.ask(stop.signal))
      .then((value) => setAnswer({ value }))
      .catch((error: unknown) => {
        if (!stop.signal.aborted) setAnswer({ fault: explain(error) })
      })
  })
  const key = question?.key
  useEffect(() => {
    if (key === undefined) return
    const stop = new AbortController()
    ask(stop)
    return () => stop.abort()
  }, [key, version])
  return answer
}
