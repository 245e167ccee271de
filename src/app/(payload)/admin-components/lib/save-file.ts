'use client'

import { getFile } from './api'

/** Saves what the server answers under the name that it gives it. @throws ApiRefusal; TypeError when the server cannot be reached. */
export const saveFile = async (path: string): Promise<void> => {
  const { content, name } = await getFile(path)
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
