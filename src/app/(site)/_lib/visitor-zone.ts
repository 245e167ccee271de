'use client'

import { useSyncExternalStore } from 'react'
import { readStored, writeStored } from './browser-store'
import { isZone } from './zones'

/** The zone that times are shown in: the one the visitor chose, else the device's. */

const key = 'parley.timeZone'
const listeners = new Set<() => void>()
const isZoneName = (value: unknown): value is string => typeof value === 'string' && isZone(value)

let current: string | undefined

const detect = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'

const getSnapshot = (): string => (current ??= readStored('localStorage', key, isZoneName) ?? detect())

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const setVisitorZone = (zone: string): void => {
  current = zone
  // A choice equal to the device's zone is none: it must follow the traveller again.
  writeStored('localStorage', key, zone === detect() ? undefined : zone)
  for (const listener of listeners) listener()
}

/** `undefined` on the server and while hydrating, where the zone is not known: show a skeleton, not a wrong time. */
export const useVisitorZone = (): string | undefined => useSyncExternalStore(subscribe, getSnapshot, () => undefined)
