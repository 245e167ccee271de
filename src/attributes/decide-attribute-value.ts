import { z } from 'zod'
import { email, httpUrl } from '#shared/input'
import { findTextFault, readLine, readParagraph } from '#shared/read-text'
import type { AttributeDefinition, AttributeValue } from './attribute-definition'

type Outcome = { value: AttributeValue; fault?: never } | { value?: never; fault: string }

export const largestNumber = 1e15

/** The longest text of a type, whatever operations allow beyond it. */
export const longest = { text: 200, long_text: 5_000 } as const

const date = z.iso.date()

const between = ({ min, max }: Pick<AttributeDefinition, 'min' | 'max'>, size: number, unit: string) => {
  if (min !== null && size < min) return `must be at least ${min}${unit}`
  return max !== null && size > max ? `must be at most ${max}${unit}` : undefined
}

const readText = (definition: AttributeDefinition, sent: unknown): Outcome => {
  if (typeof sent !== 'string') return { fault: 'must be text' }
  const read = definition.type === 'long_text' ? readParagraph(sent) : readLine(sent)
  if (read.fault !== undefined) return { fault: read.fault }
  const { value } = read
  const max = Math.min(definition.max ?? Infinity, definition.type === 'long_text' ? longest.long_text : longest.text)
  const fault = between({ min: definition.min, max }, [...value].length, ' characters long')
  return fault === undefined ? { value } : { fault }
}

const readNumber = (definition: AttributeDefinition, sent: unknown): Outcome => {
  if (typeof sent !== 'number' || !Number.isFinite(sent)) return { fault: 'must be a number' }
  if (Math.abs(sent) > largestNumber) return { fault: `must lie between -${largestNumber} and ${largestNumber}` }
  const fault = between(definition, sent, '')
  return fault === undefined ? { value: sent } : { fault }
}

const optionsOf = ({ options }: AttributeDefinition) => options.map(({ value }) => value)

const readChoices = (definition: AttributeDefinition, sent: unknown): Outcome => {
  const known = optionsOf(definition)
  const isList = (value: unknown): value is string[] =>
    Array.isArray(value) && value.every((part) => known.some((option) => option === part))
  if (!isList(sent)) return { fault: `must be a list of ${known.join(', ')}` }
  if (new Set(sent).size !== sent.length) return { fault: 'must name each choice once' }
  const fault = between(definition, sent.length, ' choices')
  // In the order of the options, so that the same choice is always the same value.
  return fault === undefined ? { value: known.filter((option) => sent.includes(option)) } : { fault }
}

/**
 * One value as it is stored, or what is wrong with it. Texts are trimmed, addresses of mails in small letters. Of an empty value nobody asks
 * here. Pure.
 */
export const decideAttributeValue = (definition: AttributeDefinition, sent: unknown): Outcome => {
  switch (definition.type) {
    case 'text':
    case 'long_text':
      return readText(definition, sent)
    case 'number':
      return readNumber(definition, sent)
    case 'checkbox':
      if (typeof sent !== 'boolean') return { fault: 'must be true or false' }
      return definition.required && !sent ? { fault: 'must be agreed to' } : { value: sent }
    case 'date':
      return date.safeParse(sent).success && typeof sent === 'string'
        ? { value: sent }
        : { fault: 'must be a date such as 2030-01-31' }
    case 'select': {
      const known = optionsOf(definition)
      return typeof sent === 'string' && known.includes(sent)
        ? { value: sent }
        : { fault: `must be one of ${known.join(', ')}` }
    }
    case 'multi_select':
      return readChoices(definition, sent)
    case 'email': {
      const { data } = email.safeParse(sent)
      return data === undefined ? { fault: 'must be an e-mail address' } : { value: data }
    }
    case 'url': {
      const { data } = httpUrl.safeParse(sent)
      return data === undefined || findTextFault(data) !== undefined
        ? { fault: 'must be an address that begins with http:// or https://' }
        : { value: data }
    }
  }
}
