'use client'

import { useSyncExternalStore } from 'react'
import type { Hold } from './api-types'
import { isSameInstant } from './dates'
import { readStored, writeStored } from './browser-store'

/**
 * The one time that this tab holds. Going back to choose another time keeps it, so that the picker can still show it as the
 * visitor's own and the next hold replaces it: going back and forth in the form uses up no slots.
 */
export type HeldTime = Hold & {
  consultant: string
  serviceType: string
  durationMinutes: number
  consultantName: string
}

const key = 'parley.hold'
const listeners = new Set<() => void>()

const isHeldTime = (value: unknown): value is HeldTime =>
  typeof value === 'object' &&
  value !== null &&
  ['token', 'expiresAt', 'start', 'end', 'consultant', 'serviceType', 'consultantName'].every(
    (name) => name in value && typeof value[name as keyof typeof value] === 'string',
  )

let held: HeldTime | null | undefined

const getSnapshot = (): HeldTime | null => (held ??= readStored('sessionStorage', key, isHeldTime) ?? null)

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const getHeldTime = (): HeldTime | null => getSnapshot()

export const setHeldTime = (value: HeldTime | null): void => {
  held = value
  writeStored('sessionStorage', key, value ?? undefined)
  for (const listener of listeners) listener()
}

export const useHeldTime = (): HeldTime | null => useSyncExternalStore(subscribe, getSnapshot, () => null)

export type TimeChoice = { consultant: string; serviceType: string; start: string; durationMinutes: number }

/** Whether `held` is a hold of exactly this choice. */
export const isHoldOf = (held: HeldTime, choice: TimeChoice): boolean =>
  held.consultant === choice.consultant &&
  held.serviceType === choice.serviceType &&
  held.durationMinutes === choice.durationMinutes &&
  isSameInstant(held.start, choice.start)
