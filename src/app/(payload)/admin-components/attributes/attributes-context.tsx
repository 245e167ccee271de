'use client'

import { createContext, use } from 'react'
import type { AttributeView } from './attribute-view'

/** The attributes of the list around it. */
export const AttributesContext = createContext<readonly AttributeView[]>([])

export const useAttributes = (): readonly AttributeView[] => use(AttributesContext)
