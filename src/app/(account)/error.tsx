'use client'

import { useEffect } from 'react'
import { EmptyState } from '../(site)/_components/empty-state'
import { useWords } from './_lib/use-words'

const AccountError = ({ error, retry }: { error: unknown; retry: () => void }) => {
  const { site } = useWords()
  useEffect(() => {
    console.error(error)
  }, [error])
  return (
    <EmptyState level={1} icon="alert" title={site.failedTitle} text={site.failedText}>
      <button type="button" className="button" onClick={() => retry()}>
        {site.retry}
      </button>
    </EmptyState>
  )
}

export default AccountError
