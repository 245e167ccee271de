import type { Metadata } from 'next'
import type { AccountWords } from '../_words/en'
import { accountWords } from '../_words/languages'
import { askedLanguage } from './asked-language'

/** Of a page in the language of whoever looks at it; no search engine lists it. */
export const accountMetadata =
  (titleOf: (words: AccountWords) => string): (() => Promise<Metadata>) =>
  async () => ({ title: titleOf(accountWords[await askedLanguage()]), robots: { index: false, follow: false } })
