'use client'

import { Button, toast, useConfig } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import type { ReconciliationRun } from '#payload-types'
import { dataOf } from '../../../_api/data-of'
import { api, explain, getJson } from '../lib/api'
import type { AdminWords } from '../words/admin-words'
import { useWords } from '../lib/use-words'

type Run = Pick<ReconciliationRun, 'id' | 'status'> & Partial<Pick<ReconciliationRun, 'checkedCount' | 'openCount'>>

const askEveryMs = 1_500

const outcome = ({ status, ...counts }: Run, say: AdminWords['say']): string => {
  const [checkedCount, openCount] = [counts.checkedCount ?? 0, counts.openCount ?? 0]
  if (status === 'failed') return say('The comparison failed. Its record says why.')
  const count = checkedCount
  if (openCount === 0) return say('Compared {count} entries: nothing differs.', { count })
  if (openCount === 1) return say('Compared {count} entries: 1 difference.', { count })
  return say('Compared {count} entries: {open} differences.', { count, open: openCount })
}

/** Compares the books with Stripe, and follows how far that is. */
export const CompareNow = () => {
  const { say } = useWords()
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
      if (next.status === 'finished') toast.success(outcome(next, say))
      else toast.error(outcome(next, say))
      router.refresh()
    }
    const timer = setInterval(() => void ask().catch(() => undefined), askEveryMs)
    return () => {
      clearInterval(timer)
      stop.abort()
    }
  }, [base, id, isRunning, router, say])
  const start = async () => {
    try {
      setRun((await dataOf(api.POST('/api/payments/reconciliations'))).run)
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
        {say('Compare now')}
      </Button>
      <span aria-live="polite" className="parley-quiet">
        {isRunning
          ? say('Comparing … {count} entries', { count: run.checkedCount ?? 0 })
          : run
            ? outcome(run, say)
            : ''}
      </span>
    </div>
  )
}
