'use client'

import { Button } from '@payloadcms/ui'
import type { ReactNode } from 'react'
import { useCommand } from './lib/use-command'

type Props<Answer> = { send: () => Promise<Answer>; done: string; children: ReactNode }

/** A button that sends a command for the record of the page, and says how it ended. */
export const CommandButton = <Answer,>({ send, done, children }: Props<Answer>) => {
  const { run, isRunning } = useCommand()
  return (
    <Button
      buttonStyle="secondary"
      disabled={isRunning}
      margin={false}
      onClick={() => void run({ send, done })}
      size="medium"
      type="button"
    >
      {children}
    </Button>
  )
}
