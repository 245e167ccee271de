'use client'

import { Button, toast, useConfig } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { explain, getJson, sendCommand } from '../lib/api'

type Run = {
  id: string
  status: 'running' | 'finished' | 'failed'
  checkedCount?: number
  openCount?: number
  error?: string
}

// The API is ours; its answers are not checked again here.
const runOf = (answer: unknown): { id: string } => (answer as { run: { id: string } }).run

const askEveryMs = 1_500

const outcome = ({ status, checkedCount = 0, openCount = 0 }: Run): string => {
  if (status === 'failed') return 'The comparison failed. Its record says why.'
  const differs = openCount === 0 ? 'nothing differs' : `${openCount} ${openCount === 1 ? 'difference' : 'differences'}`
  return `Compared ${checkedCount} entries: ${differs}.`
}

/** Compares the books with Stripe, and follows how far that is. */
export const CompareNow = () => {
  const { config } = useConfig()
  const base = config.routes.api
  const router = useRouter()
  const [run, setRun] = useState<Run>()
  const isRunning = run?.status === 'running'
  const id = run?.id
  useEffect(() => {
    if (!isRunning || id === undefined) return
    const stop = new AbortController()
    const ask = async () => {
      const next = (await getJson(`${base}/reconciliation-runs/${id}?depth=0`, stop.signal)) as Run
      setRun(next)
      if (next.status === 'running') return
      if (next.status === 'finished') toast.success(outcome(next))
      else toast.error(outcome(next))
      router.refresh()
    }
    const timer = setInterval(() => void ask().catch(() => undefined), askEveryMs)
    return () => {
      clearInterval(timer)
      stop.abort()
    }
  }, [base, id, isRunning, router])
  const start = async () => {
    try {
      setRun({ ...runOf(await sendCommand(`${base}/payments/reconciliations`)), status: 'running' })
    } catch (error) {
      toast.error(explain(error))
    }
  }
  return (
    <div className="parley-actions">
      <Button
        buttonStyle="secondary"
        disabled={isRunning}
        margin={false}
        onClick={() => void start()}
        size="medium"
        type="button"
      >
        Compare now
      </Button>
      <span aria-live="polite" className="parley-quiet">
        {isRunning ? `Comparing … ${run.checkedCount ?? 0} entries` : run ? outcome(run) : ''}
      </span>
    </div>
  )
}
