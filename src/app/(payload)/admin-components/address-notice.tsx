'use client'

import { useConfig } from '@payloadcms/ui'
import { useSyncExternalStore } from 'react'

const subscribe = () => () => undefined

/** Says so where the admin was opened under another address than its own: nobody is logged in there, and every list would be empty without a word. */
export const AddressNotice = () => {
  const { serverURL } = useConfig().config
  const origin = useSyncExternalStore(
    subscribe,
    () => window.location.origin,
    () => undefined,
  )
  if (origin === undefined || !serverURL || origin === new URL(serverURL).origin) return null
  return (
    <p className="parley-warning" role="alert">
      This admin works at <a href={serverURL}>{serverURL}</a> alone. Here, at {origin}, lists stay empty and nothing can
      be saved. If this is the right address, set SERVER_URL to it and start Parley again.
    </p>
  )
}
