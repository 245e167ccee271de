import { readStored, writeStored } from './browser-store'
import type { FormValues } from './booking-form'

/**
 * What was typed and not sent yet, kept in this tab only, so that going back to choose another time, or a time that was taken
 * meanwhile, costs nobody their words.
 */
export type DraftName = 'booking' | 'request'

const keyOf = (name: DraftName): string => `parley.draft.${name}`

const isValues = (value: unknown): value is FormValues =>
  typeof value === 'object' && value !== null && Object.values(value).every((text) => typeof text === 'string')

export const readDraft = (name: DraftName): FormValues => readStored('sessionStorage', keyOf(name), isValues) ?? {}

export const writeDraft = (name: DraftName, values: FormValues): void =>
  writeStored('sessionStorage', keyOf(name), values)

/** After sending: who they are is kept for a next booking in this tab, what it was about is not. */
export const settleDraft = (name: DraftName, values: FormValues): void =>
  writeDraft(name, Object.fromEntries(Object.entries(values).filter(([path]) => path.startsWith('customer.'))))
