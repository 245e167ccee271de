import type { Metadata } from 'next'
import type { SiteWords } from '../_words/en'
import { askedTexts } from './asked-language'

/** Of a page in the language of whoever asks for it. */
export const pageMetadata =
  (of: (words: SiteWords) => Metadata): (() => Promise<Metadata>) =>
  async () =>
    of((await askedTexts()).messages)
