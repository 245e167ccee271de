'use client'

import { SelectInput, useField } from '@payloadcms/ui'
import type { TextFieldClientProps } from 'payload'
import { useMemo } from 'react'
import { countryCodes, nameOfCountry } from '#shared/country'
import { useWords } from './lib/use-words'

const countriesIn = (locale: string) =>
  countryCodes
    .map((value) => ({ value, label: nameOfCountry(value, locale) }))
    .sort((one, other) => one.label.localeCompare(other.label, locale))

/** A country by its name; what is stored is its code. */
export const CountryField = ({ field, path, readOnly }: TextFieldClientProps) => {
  const { locale } = useWords()
  const options = useMemo(() => countriesIn(locale), [locale])
  const { disabled, setValue, showError, value } = useField<string | null>({ path })
  return (
    <SelectInput
      name={field.name}
      path={path}
      label={field.label}
      description={field.admin?.description}
      options={options}
      value={value ?? ''}
      isClearable={!field.required}
      required={field.required}
      readOnly={Boolean(readOnly) || disabled}
      showError={showError}
      onChange={(chosen) => setValue(Array.isArray(chosen) ? null : (chosen?.value ?? null))}
    />
  )
}
