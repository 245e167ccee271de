'use client'

import { useEffect } from 'react'
import { EmptyState } from './_components/empty-state'
import { useTexts } from './_lib/use-texts'

const SiteError = ({ error, retry }: { error: unknown; retry: () => void }) => {
  const { messages } = useTexts()
  useEffect(() => {
    console.error(error)
  }, [error])
  return (
    <EmptyState level={1} icon="alert" title={messages.errors.pageTitle} text={messages.errors.pageText}>
      <button type="button" className="button" onClick={() => retry()}>
        {messages.common.retry}
      </button>
    </EmptyState>
  )
}

export default SiteError
