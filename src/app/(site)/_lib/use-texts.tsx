'use client'

import { createContext, type ReactNode, useContext } from 'react'
import type { Spoken } from './languages'
import { textsIn, type Texts } from './texts'

const SpokenHere = createContext<Spoken>({ language: 'en', locale: 'en-GB' })

/** Functions are no props of client components, so the words go by their language. */
export const SpeakIn = ({ spoken, children }: { spoken: Spoken; children: ReactNode }) => (
  <SpokenHere.Provider value={spoken}>{children}</SpokenHere.Provider>
)

/** The words and formats of this page. */
export const useTexts = (): Texts => textsIn(useContext(SpokenHere))
