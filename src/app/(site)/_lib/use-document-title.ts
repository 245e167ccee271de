'use client'

import { useEffect } from 'react'
import { useTexts } from './use-texts'

/** The title of a page whose subject is only known after its data has come. */
export const useDocumentTitle = (title: string | undefined): void => {
  const { language, messages } = useTexts()
  const { name } = messages.site
  useEffect(() => {
    if (title) document.title = `${title} · ${name}`
    // In another language the page has a title of its own again.
  }, [title, name, language])
}
