'use client'

import { useFormFields, useFormProcessing } from '@payloadcms/ui'
import { useEffect, useState } from 'react'
import { useWords } from '../lib/use-words'

type Faults = Readonly<Record<string, string>>

/**
 * What the server has found wrong with parts of the field at `path`, by the key below it. Payload's form keeps such faults as fields of
 * their own, which would be sent as values and keep the form from being saved again; so they are taken out of it and kept here, until
 * the part is changed or the form is sent anew.
 */
export const useFaultsBelow = (path: string): { faults: Faults; settle: (key: string) => void } => {
  const { say } = useWords()
  const [faults, setFaults] = useState<Faults>({})
  const isProcessing = useFormProcessing()
  const dispatch = useFormFields(([, change]) => change)
  // As text, since what is selected is compared by identity.
  const reported = useFormFields(([fields]) =>
    JSON.stringify(
      Object.entries(fields).flatMap(([name, state]) =>
        name.startsWith(`${path}.`) && state.valid === false ? [[name.slice(path.length + 1), state.errorMessage]] : [],
      ),
    ),
  )
  useEffect(() => {
    const entries = JSON.parse(reported) as [string, string | null][]
    if (entries.length === 0) return
    setFaults(Object.fromEntries(entries.map(([key, message]) => [key, message ?? say('This is not valid.')])))
    for (const [key] of entries) dispatch({ type: 'REMOVE', path: `${path}.${key}` })
  }, [dispatch, path, reported, say])
  useEffect(() => {
    if (isProcessing) setFaults({})
  }, [isProcessing])
  const settle = (key: string) =>
    setFaults((before) => Object.fromEntries(Object.entries(before).filter(([other]) => other !== key)))
  return { faults, settle }
}
