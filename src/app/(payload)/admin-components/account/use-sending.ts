'use client'

import { useState } from 'react'
import { explain } from '../lib/api'
import { isPasskeyGivenUp } from '../../../_factors/passkeys'
import { useWords } from '../lib/use-words'

/** Sends something and keeps why it was refused beside what was typed, where a message that goes away again would be missed. */
export const useSending = (): {
  fault: string | undefined
  isSending: boolean
  send: (act: () => Promise<void>) => Promise<void>
} => {
  const { say } = useWords()
  const [fault, setFault] = useState<string>()
  const [isSending, setSending] = useState(false)
  const send = async (act: () => Promise<void>) => {
    setSending(true)
    setFault(undefined)
    try {
      await act()
    } catch (error) {
      setFault(
        isPasskeyGivenUp(error) ? say('The browser gave no passkey. Try again, or take another way.') : explain(error),
      )
    } finally {
      setSending(false)
    }
  }
  return { fault, isSending, send }
}
