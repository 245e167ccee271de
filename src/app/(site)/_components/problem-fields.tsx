'use client'

import type { FieldName, Form } from '../_lib/use-form'
import { useTexts } from '../_lib/use-texts'
import type { SiteWords } from '../_words/en'
import { SelectField, TextAreaField, TextField } from './fields'

export const problemFieldNames = ({ book: text }: SiteWords): readonly FieldName[] => [
  { path: 'problem.title', label: text.problemTitle },
  { path: 'problem.description', label: text.problemDescription },
  { path: 'problem.urgency', label: text.urgency },
]

/** What it is about. */
export const ProblemFields = ({ form, isRequired = false }: { form: Form; isRequired?: boolean }) => {
  const text = useTexts().messages.book
  return (
    <>
      <TextField form={form} path="problem.title" label={text.problemTitle} maxLength={200} />
      <TextAreaField
        form={form}
        path="problem.description"
        label={text.problemDescription}
        maxLength={5000}
        rows={5}
        isRequired={isRequired}
      />
      <SelectField
        form={form}
        path="problem.urgency"
        label={text.urgency}
        none={text.urgencyNone}
        options={Object.entries(text.urgencies)}
      />
    </>
  )
}
