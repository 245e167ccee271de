import type { Metadata } from 'next'
import { askedLanguage } from '../../(site)/_lib/asked-language'
import type { AccountWords } from '../_words/en'
import { accountWords } from '../_words/languages'

/** Of a page in the language of whoever looks at it; no search engine lists it. */
export const accountMetadata =
  (titleOf: (words: AccountWords) => string): (() => Promise<Metadata>) =>
  async () => ({
    title: titleOf(accountWords[(await askedLanguage()).language]),
    robots: { index: false, follow: false },
  })
