import type { SiteLanguage } from '../_lib/languages'
import { de } from './de'
import { en, type SiteWords } from './en'

/** Every language of the pages, with its words. */
export const siteWords: Readonly<Record<SiteLanguage, SiteWords>> = { en, de }
