/** How the admin says that a picture is to be cut, or its middle moved. */
export const asksToCut = (query: unknown): boolean => {
  if (typeof query !== 'object' || query === null || !('uploadEdits' in query)) return false
  const { uploadEdits } = query
  return typeof uploadEdits === 'object' && uploadEdits !== null && Object.keys(uploadEdits).length > 0
}
