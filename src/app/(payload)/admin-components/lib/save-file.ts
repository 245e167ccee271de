'use client'

import { getFile } from './api'

/** Saves what the server answers under the name that it gives it. @throws ApiRefusal; TypeError when the server cannot be reached. */
export const saveFile = async (path: string): Promise<void> => saveContent(await getFile(path))

/** Saves what is there already. */
export const saveContent = ({ content, name }: { content: Blob; name: string }): void => {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
