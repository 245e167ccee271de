'use client'

import { TextField, useDocumentInfo, useField, useFormFields } from '@payloadcms/ui'
import type { TextFieldClientProps } from 'payload'
import { useEffect, useEffectEvent, useRef } from 'react'
import { toAttributeKey } from './attributes/to-attribute-key'

/** The key of a new attribute follows its label until somebody writes one. */
export const AttributeKeyField = (props: TextFieldClientProps) => {
  const { id } = useDocumentInfo()
  const { setValue, value } = useField<string | undefined>({ path: props.path })
  const label = useFormFields(([fields]) => fields.label?.value)
  const proposed = useRef<string>(undefined)
  const follow = useEffectEvent((text: string) => {
    if (id !== undefined || (value && value !== proposed.current)) return
    proposed.current = toAttributeKey(text)
    setValue(proposed.current)
  })
  useEffect(() => {
    if (typeof label === 'string') follow(label)
  }, [label])
  return <TextField {...props} />
}
