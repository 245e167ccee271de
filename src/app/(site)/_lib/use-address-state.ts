'use client'

import { useSearchParams } from 'next/navigation'
import { useState } from 'react'

type Search = Pick<URLSearchParams, 'get'>

/**
 * State that stands in the address, so that it survives reload, sharing and the back button. A change is there at once and
 * does not ask the server for the page again: it is the same page, and what depends on the state is read from the API.
 */
export const useAddressState = <T>({
  read,
  toUrl,
}: {
  read: (search: Search) => T
  toUrl: (value: T) => string
}): [value: T, change: (value: T) => void] => {
  const search = useSearchParams()
  const address = search.toString()
  // The address follows a moment later; until then the change counts, so that no control jumps back meanwhile.
  const [ahead, setAhead] = useState<{ of: string; value: T }>()
  const value = ahead?.of === address ? ahead.value : read(search)
  return [
    value,
    (changed) => {
      setAhead({ of: address, value: changed })
      window.history.replaceState(null, '', toUrl(changed))
    },
  ]
}
