/** Whether a path holds `%` where no character can be read; `decodeURIComponent` throws for it, and so does Next. */
export const isMalformedPath = (path: string): boolean => {
  try {
    decodeURIComponent(path)
    return false
  } catch {
    return true
  }
}
