'use client'

import {
  Button,
  toast,
  useAllFormFields,
  useDocumentInfo,
  useForm,
  useFormProcessing,
  useFormSubmitted,
} from '@payloadcms/ui'
import { useEffect, useState } from 'react'
import { api } from './lib/api'
import { openLogin, useLoggedInAgain } from './lib/log-in-again'
import { useAnswer } from './lib/use-answer'
import { useWords } from './lib/use-words'

/** What takes a fresh login to change, by collection: the server decides, this says whether it may have been that. */
const guarded: Readonly<Record<string, readonly string[]>> = {
  users: ['email', 'password', 'roles', '_verified', 'isActive'],
  customers: ['user'],
  'consultant-profiles': ['user'],
}

/** In the form of what takes a fresh login to change: the way to one when it was not saved for want of it. Nothing that was typed is lost. */
export const OldLoginPanel = () => {
  const { say } = useWords()
  const isRefused = useIsRefused()
  const { setModified } = useForm()
  const [version, setVersion] = useState(0)
  const { value: status } = useAnswer(
    isRefused ? { key: 'is-fresh', ask: (signal) => api.GET('/api/account/second-factor', { signal }) } : undefined,
    version,
  )
  const isOld = isRefused && status?.mayChange === false
  useEffect(() => {
    // Payload's form takes what was refused for saved, and does not let it be saved again.
    if (isOld) setModified(true)
  }, [isOld, setModified])
  useLoggedInAgain(() => {
    setVersion((before) => before + 1)
    if (isOld) toast.success(say('You are logged in again. Save it now.'))
  })
  if (!isOld) return null
  return (
    <section aria-label={say('Your login')} className="parley-panel" role="alert">
      <p>
        {say(
          'It is more than fifteen minutes since you logged in. To change this, log in again in another window, so that nobody does who finds your browser open. Then save here: what you have typed stays.',
        )}
      </p>
      <div className="parley-actions">
        <Button buttonStyle="secondary" margin={false} onClick={openLogin} size="medium" type="button">
          {say('Log in again')}
        </Button>
      </div>
    </section>
  )
}

/** Whether the form was sent and not saved, although nothing that was typed is wrong, and something of what is guarded was changed. */
const useIsRefused = (): boolean => {
  const { collectionSlug = '' } = useDocumentInfo()
  const [fields] = useAllFormFields()
  const isProcessing = useFormProcessing()
  const isSubmitted = useFormSubmitted()
  if (!isSubmitted || isProcessing) return false
  const isChanged = (guarded[collectionSlug] ?? []).some((name) => {
    const field = fields[name]
    return field !== undefined && JSON.stringify(field.value) !== JSON.stringify(field.initialValue)
  })
  return isChanged && Object.values(fields).every(({ valid }) => valid !== false)
}
