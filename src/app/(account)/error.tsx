'use client'

import { useEffect } from 'react'
import { EmptyState } from '../(site)/_components/empty-state'
import { useTexts } from '../(site)/_lib/use-texts'

const AccountError = ({ error, retry }: { error: unknown; retry: () => void }) => {
  const { common, errors } = useTexts().messages
  useEffect(() => {
    console.error(error)
  }, [error])
  return (
    <EmptyState level={1} icon="alert" title={errors.pageTitle} text={errors.pageText}>
      <button type="button" className="button" onClick={() => retry()}>
        {common.retry}
      </button>
    </EmptyState>
  )
}

export default AccountError
