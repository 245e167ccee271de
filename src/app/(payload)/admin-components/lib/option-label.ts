import type { Option } from 'payload'

/** What a value of a select is called in a language; the value itself when the select does not know it. */
export const labelOfOption = (options: readonly Option[], value: string, language: string): string => {
  const option = options.find((one) => (typeof one === 'string' ? one : one.value) === value)
  const label: unknown = typeof option === 'object' ? option.label : undefined
  if (typeof label === 'string') return label
  if (typeof label !== 'object' || label === null) return value
  const inLanguage: unknown = Reflect.get(label, language) ?? Reflect.get(label, 'en')
  return typeof inLanguage === 'string' ? inLanguage : value
}
