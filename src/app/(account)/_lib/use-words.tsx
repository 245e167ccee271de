'use client'

import { createContext, type ReactNode, useContext } from 'react'
import { type AccountLanguage, accountWords } from '../_words/languages'
import type { AccountWords } from '../_words/en'

const Language = createContext<AccountLanguage>('en')

/** Functions are no props of client components, so the words go by their language. */
export const WordsOf = ({ language, children }: { language: AccountLanguage; children: ReactNode }) => (
  <Language.Provider value={language}>{children}</Language.Provider>
)

export const useLanguage = (): AccountLanguage => useContext(Language)

export const useWords = (): AccountWords => accountWords[useContext(Language)]
