import type { FormValues } from './booking-form'
import { readStored, writeStored } from './browser-store'

/**
 * What was typed, kept in this tab only, so that going back to choose another time, or a time that was taken meanwhile, costs
 * nobody their words. Who somebody is is kept apart: every form here asks it.
 */
export type DraftName = 'booking' | 'request'

const keyOf = (name: DraftName | 'customer'): string => `parley.draft.${name}`

const isValues = (value: unknown): value is FormValues =>
  typeof value === 'object' && value !== null && Object.values(value).every((text) => typeof text === 'string')

const read = (name: DraftName | 'customer'): FormValues => readStored('sessionStorage', keyOf(name), isValues) ?? {}

const isOfCustomer = ([path]: [string, string]): boolean => path.startsWith('customer.')

export const readDraft = (name: DraftName): FormValues => ({ ...read(name), ...read('customer') })

export const writeDraft = (name: DraftName, values: FormValues): void => {
  const entries = Object.entries(values)
  writeStored('sessionStorage', keyOf('customer'), Object.fromEntries(entries.filter(isOfCustomer)))
  writeStored('sessionStorage', keyOf(name), Object.fromEntries(entries.filter((entry) => !isOfCustomer(entry))))
}

/** After sending, what it was about is forgotten; who they are stays for a next form in this tab. */
export const settleDraft = (name: DraftName): void => writeStored('sessionStorage', keyOf(name), undefined)
