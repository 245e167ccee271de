import type { Option } from 'payload'

/** What a value of a select is called; the value itself when the select does not know it. */
export const labelOfOption = (options: readonly Option[], value: string): string => {
  const option = options.find((one) => (typeof one === 'string' ? one : one.value) === value)
  return typeof option === 'object' && typeof option.label === 'string' ? option.label : value
}
