const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether a filter looks for no text at all: every record that has one fits it, which nobody means who changes what they look for. */
export const hasEmptySearch = (where: unknown): boolean => {
  if (!isRecord(where)) return false
  return Object.entries(where).some(([path, condition]) => {
    if (/^(and|or)$/i.test(path)) return Array.isArray(condition) && condition.some(hasEmptySearch)
    return isRecord(condition) && [condition.like, condition.contains].some(isBlank)
  })
}

const isBlank = (operand: unknown): boolean => typeof operand === 'string' && operand.trim() === ''
