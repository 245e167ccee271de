'use client'

import { useAllFormFields } from '@payloadcms/ui'
import { reduceFieldsToValues } from 'payload/shared'
import { useDeferredValue, useMemo } from 'react'

/** What stands in the form that a panel is part of, saved or not; a moment late, so that typing never waits for it. */
export const useWritten = (): Readonly<Record<string, unknown>> => {
  const [fields] = useAllFormFields()
  return useDeferredValue(useMemo((): Record<string, unknown> => reduceFieldsToValues(fields, true), [fields]))
}
