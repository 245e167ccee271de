'use client'

import { toast } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { explain, isOldLogin } from './api'
import { logInAgainAction } from './log-in-again'
import { useWords } from './use-words'

/** What is sent by a call of `api`, and what to say once it is done; where that depends on it, by what was answered. */
type Command<Answer> = { send: () => Promise<Answer>; done: string | ((answer: Answer) => string) }

/** Sends a command and shows how it ended. @returns whether it was done. */
export type RunCommand = <Answer>(command: Command<Answer>) => Promise<boolean>

/** Sends commands for a record: says how each ended, and loads the page again when it changed something. */
export const useCommand = (): { run: RunCommand; isRunning: boolean } => {
  const router = useRouter()
  const words = useWords()
  const [isRunning, setRunning] = useState(false)

  const run: RunCommand = async ({ send, done }) => {
    setRunning(true)
    try {
      const answer = await send()
      toast.success(typeof done === 'function' ? done(answer) : done)
      router.refresh()
      return true
    } catch (error) {
      toast.error(explain(error), isOldLogin(error) ? logInAgainAction(words) : {})
      return false
    } finally {
      setRunning(false)
    }
  }
  return { run, isRunning }
}
