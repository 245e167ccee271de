/**
 * A line of the log, strictly: one JSON object, no key of any object twice.
 * @throws Error that holds the line.
 */
export const parseLogLine = (line: string): Record<string, unknown> => {
  const parsed: unknown = JSON.parse(line)
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new Error(`Not an object: ${line}`)
  // What was parsed has each key once; so does the line, if it has as many of them.
  const keysIn = (json: string) => [...json.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter(([, colon]) => colon).length
  if (keysIn(line) !== keysIn(JSON.stringify(parsed))) throw new Error(`A key stands twice: ${line}`)
  return parsed as Record<string, unknown>
}
