import { de } from './de'
import { type AccountWords, en } from './en'

/** The languages of these pages, each with its words. */
export const accountWords = { en, de } as const satisfies Record<string, AccountWords>

export type AccountLanguage = keyof typeof accountWords

export const isAccountLanguage = (tag: string): tag is AccountLanguage => Object.hasOwn(accountWords, tag)
