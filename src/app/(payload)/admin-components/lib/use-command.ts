'use client'

import { toast, useConfig } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { explain, sendCommand } from './api'

type Command = { path: string; body?: Record<string, unknown>; done: string }

/** Sends commands for a record: says how each ended, and loads the page again when it changed something. */
export const useCommand = () => {
  const { config } = useConfig()
  const router = useRouter()
  const [isRunning, setRunning] = useState(false)

  /** @returns whether it was done. */
  const run = async ({ path, body, done }: Command): Promise<boolean> => {
    setRunning(true)
    try {
      await sendCommand(`${config.routes.api}${path}`, body)
      toast.success(done)
      router.refresh()
      return true
    } catch (error) {
      toast.error(explain(error))
      return false
    } finally {
      setRunning(false)
    }
  }
  return { run, isRunning }
}
