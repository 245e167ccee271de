import type { AdminWords } from '../words/admin-words'

/** What is to be read in a list for a value that its own cell would show as machines write it; undefined where that cell says it well. */
export const plainText = (value: unknown, say: AdminWords['say']): string | undefined => {
  if (value === undefined || value === null || value === '') return '–'
  if (typeof value === 'boolean') return say(value ? 'Yes' : 'No')
  if (!Array.isArray(value)) return undefined
  if (!value.length) return '–'
  return value.every((item) => typeof item === 'number') ? value.join(', ') : undefined
}
