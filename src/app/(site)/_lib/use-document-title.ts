'use client'

import { useEffect } from 'react'
import { messages } from '../messages'

/** The title of a page whose subject is only known after its data has come. */
export const useDocumentTitle = (title: string | undefined): void => {
  useEffect(() => {
    if (title) document.title = `${title} · ${messages.site.name}`
  }, [title])
}
