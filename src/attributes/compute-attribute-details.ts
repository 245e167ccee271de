import type { AttributeDefinition, AttributeValue } from './attribute-definition'
import type { AttributeSubject } from './attribute-kinds'
import { type AttributeViewer, pickReadable } from './decide-attribute-access'

/** An attribute as a message tells it: a choice in its words, everything else as it is stored. */
export type AttributeDetail = { label: string; value: AttributeValue; isDate: boolean }

const wordsOf = ({ options }: AttributeDefinition, value: AttributeValue): AttributeValue => {
  const wordOf = (chosen: string) => options.find((option) => option.value === chosen)?.label ?? chosen
  if (Array.isArray(value)) return value.map(wordOf)
  return typeof value === 'string' ? wordOf(value) : value
}

/**
 * What mails about a session say of the attributes of its records, to one reader. Pure.
 * @param records what each record has, as it is stored.
 */
export const computeAttributeDetails = (
  records: Readonly<Partial<Record<AttributeSubject, unknown>>>,
  definitions: readonly AttributeDefinition[],
  viewer: AttributeViewer,
): AttributeDetail[] =>
  definitions
    .filter(({ isInMessages }) => isInMessages)
    .flatMap((definition) => {
      const value = pickReadable(records[definition.subject], [definition], viewer)[definition.key]
      const isChosen = definition.type === 'select' || definition.type === 'multi_select'
      if (value === undefined) return []
      const said = isChosen ? wordsOf(definition, value) : value
      return [{ label: definition.label, value: said, isDate: definition.type === 'date' }]
    })
