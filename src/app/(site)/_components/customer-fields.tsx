'use client'

import type { FieldName, Form } from '../_lib/use-form'
import { useTexts } from '../_lib/use-texts'
import { siteLanguages } from '../_lib/languages'
import type { SiteWords } from '../_words/en'
import { SelectField, TextField } from './fields'

export const customerFieldNames = ({ book: text }: SiteWords): readonly FieldName[] => [
  { path: 'customer.name', label: text.name },
  { path: 'customer.email', label: text.email },
  { path: 'customer.phone', label: text.phone },
  { path: 'customer.language', label: text.language },
]

/** Mails are written in the languages of these pages. */
const mailLanguages = Object.entries(siteLanguages).map(([tag, { name }]) => [tag, name] as const)

/** Who books. */
export const CustomerFields = ({ form }: { form: Form }) => {
  const { messages } = useTexts()
  const text = messages.book
  return (
    <>
      <TextField form={form} path="customer.name" label={text.name} autoComplete="name" maxLength={200} isRequired />
      <TextField
        form={form}
        path="customer.email"
        label={text.email}
        hint={text.emailHint}
        type="email"
        inputMode="email"
        autoComplete="email"
        maxLength={254}
        isRequired
      />
      <div className="field-row">
        <TextField
          form={form}
          path="customer.phone"
          label={text.phone}
          type="tel"
          inputMode="tel"
          autoComplete="tel"
          maxLength={32}
        />
        <SelectField form={form} path="customer.language" label={text.language} options={mailLanguages} isRequired />
      </div>
    </>
  )
}
