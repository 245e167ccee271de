'use client'

import type { FieldName, Form } from '../_lib/use-form'
import { messages } from '../messages'
import { SelectField, TextField } from './fields'

const text = messages.book

export const customerFieldNames: readonly FieldName[] = [
  { path: 'customer.name', label: text.name },
  { path: 'customer.email', label: text.email },
  { path: 'customer.phone', label: text.phone },
  { path: 'customer.language', label: text.language },
]

/** The language of the mails to begin with: the first of the visitor's that mails are written in. */
export const preferredMailLanguage = (): string =>
  navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag in messages.languages) ?? 'en'

/** Who books. */
export const CustomerFields = ({ form }: { form: Form }) => (
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
      <SelectField
        form={form}
        path="customer.language"
        label={text.language}
        options={Object.entries(messages.languages)}
        isRequired
      />
    </div>
  </>
)
