'use client'

import { useTexts } from '../../(site)/_lib/use-texts'
import type { AccountWords } from '../_words/en'
import { accountWords } from '../_words/languages'

/** The words of the pages about a login, in the language of this page. */
export const useWords = (): AccountWords => accountWords[useTexts().language]
