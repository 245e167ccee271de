'use client'

import {
  FieldError,
  FieldLabel,
  useEditDepth,
  useField,
  useFormFields,
  useTranslation,
  withCondition,
} from '@payloadcms/ui'
import { getTranslation } from '@payloadcms/translations'
import type { JSONFieldClientProps } from 'payload'
import type { Words } from '#shared/words'
import { AttributeInput } from './attribute-input'
import { attributesOf, isAnswered, type AttributeView } from './attribute-view'
import { useFaultsBelow } from './use-faults-below'
import { useWords } from '../lib/use-words'

type Props = JSONFieldClientProps & {
  attributes: readonly AttributeView[]
  /** Of staff alone: where one is defined, and for what. */
  define?: { url: string; what: Words }
}

const Define = ({ url, what }: NonNullable<Props['define']>) => {
  const { say, inWords } = useWords()
  return (
    <p className="parley-quiet">
      {say('No attributes are defined for {what}.', { what: inWords(what) })} <a href={url}>{say('Define one')}</a>
    </p>
  )
}

const Attributes = ({ attributes, define, field, path: givenPath, readOnly }: Props) => {
  const { say } = useWords()
  const { path, setValue, showError, value } = useField<unknown>({ potentiallyStalePath: givenPath })
  const { faults, settle } = useFaultsBelow(path)
  const depth = useEditDepth()
  const { i18n } = useTranslation()
  const serviceType = useFormFields(([fields]) => fields.serviceType?.value)
  const values = attributesOf(value)
  const isAsked = ({ key, serviceTypes }: AttributeView) =>
    serviceTypes.length === 0 || serviceTypes.some((id) => id === serviceType) || isAnswered(values[key])
  const asked = attributes.filter(isAsked)
  if (asked.length === 0 && !define) return null
  return (
    <div aria-label={getTranslation(field.label ?? '', i18n)} className="parley-attributes" role="group">
      <FieldLabel as="h3" label={field.label} path={path} />
      <FieldError path={path} showError={showError} />
      {attributes.length === 0 && define ? <Define {...define} /> : null}
      {attributes.length > 0 && asked.length === 0 ? (
        <p className="parley-quiet">{say('None of the attributes goes with this service type.')}</p>
      ) : null}
      {asked.map((attribute) => (
        <AttributeInput
          attribute={attribute}
          fault={faults[attribute.key]}
          id={`field-${path}__${attribute.key}${depth > 1 ? `-${depth}` : ''}`}
          isFixed={Boolean(readOnly) || !attribute.isWritable}
          key={attribute.key}
          onChange={(next) => {
            settle(attribute.key)
            setValue({ ...values, [attribute.key]: next })
          }}
          value={values[attribute.key]}
        />
      ))}
    </div>
  )
}

/** The attributes that operations have defined for records of this kind, one input for each. */
export const AttributesForm = withCondition(Attributes)
