'use client'

import type { DefaultCellComponentProps, UIFieldClient } from 'payload'
import { attributeText } from '#shared/attribute-text'
import { attributesOf, isAnswered } from './attributes/attribute-view'
import { useAttributes } from './attributes/attributes-context'
import { CellLink } from './lib/cell-link'
import { useWords } from './lib/use-words'

/** In a list: what is known of the attributes that are in use, with their labels. */
export const AttributesCell = (cell: DefaultCellComponentProps<UIFieldClient>) => {
  const attributes = useAttributes()
  const { say, locale } = useWords()
  const values = attributesOf(cell.rowData.attributes)
  const answered = attributes.filter(({ key }) => isAnswered(values[key]))
  return (
    <CellLink {...cell}>
      {answered.length === 0
        ? '–'
        : answered.map((attribute) => (
            <span className="parley-attribute-value" key={attribute.key}>
              {attribute.label}:{' '}
              {attributeText(attribute, values[attribute.key], { locale, yes: say('Yes'), no: say('No') })}
            </span>
          ))}
    </CellLink>
  )
}
