'use client'

import { useSyncExternalStore } from 'react'

const subscribe = () => () => undefined
const detect = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'

/** The time zone of whoever looks at the page; `undefined` on the server and while hydrating, where it is not known. */
export const useViewerZone = (): string | undefined => useSyncExternalStore(subscribe, detect, () => undefined)
