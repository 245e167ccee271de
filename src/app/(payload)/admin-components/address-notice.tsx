'use client'

import { useConfig } from '@payloadcms/ui'
import { useSyncExternalStore } from 'react'
import { useWords } from './lib/use-words'

const subscribe = () => () => undefined

/** Says so where the admin was opened under another address than its own: nobody is logged in there, and every list would be empty without a word. */
export const AddressNotice = () => {
  const { weave } = useWords()
  const { serverURL } = useConfig().config
  const origin = useSyncExternalStore(
    subscribe,
    () => window.location.origin,
    () => undefined,
  )
  if (origin === undefined || !serverURL || origin === new URL(serverURL).origin) return null
  return (
    <p className="parley-warning" role="alert">
      {weave(
        'This admin works at {address} alone. Here, at {here}, lists stay empty and nothing can be saved. If this is the right address, set SERVER_URL to it and start Parley again.',
        { address: <a href={serverURL}>{serverURL}</a>, here: origin },
      )}
    </p>
  )
}
