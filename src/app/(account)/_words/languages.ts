import type { SiteLanguage } from '../../(site)/_lib/languages'
import { de } from './de'
import { type AccountWords, en } from './en'

/** Every language of the pages, with its words about logins. */
export const accountWords: Readonly<Record<SiteLanguage, AccountWords>> = { en, de }
