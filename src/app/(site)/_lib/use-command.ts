'use client'

import { useCallback, useState } from 'react'
import { asApiError, type ApiError } from './api-error'
import { createSender } from './idempotency'

export type Command<Body> = {
  run: (body: Body) => void
  isRunning: boolean
  error: ApiError | undefined
  /** Takes the last refusal away. */
  clear: () => void
}

/** A button's command: runs once at a time, repeats with the same idempotency key after a lost answer, keeps its refusal to show. */
export const useCommand = <Body, Result>({
  send,
  onDone,
  onRefused,
}: {
  send: (body: Body, idempotencyKey: string) => Promise<Result>
  onDone: (result: Result) => void
  onRefused?: ((error: ApiError) => void) | undefined
}): Command<Body> => {
  const [isRunning, setIsRunning] = useState(false)
  const [error, setError] = useState<ApiError>()
  const [sender] = useState(() => createSender(send))

  const run = async (body: Body): Promise<void> => {
    if (isRunning) return
    setIsRunning(true)
    setError(undefined)
    try {
      onDone(await sender(body))
    } catch (thrown) {
      const refusal = asApiError(thrown)
      setError(refusal)
      onRefused?.(refusal)
    } finally {
      setIsRunning(false)
    }
  }

  return { run: (body) => void run(body), isRunning, error, clear: useCallback(() => setError(undefined), []) }
}
