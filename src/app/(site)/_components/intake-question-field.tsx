'use client'

import type { IntakeQuestion } from '../_lib/api-types'
import { answerPath } from '../_lib/booking-form'
import type { Form } from '../_lib/use-form'
import { useTexts } from '../_lib/use-texts'
import { CheckboxField, SelectField, TextAreaField, TextField } from './fields'

/** One question of a service type, as the input that its kind asks for. */
export const IntakeQuestionField = ({ form, question }: { form: Form; question: IntakeQuestion }) => {
  const { messages } = useTexts()
  const { key, label, type, options, required } = question
  const common = { form, path: answerPath(key), label, isRequired: required }
  if (type === 'checkbox') return <CheckboxField {...common} />
  if (type === 'textarea') return <TextAreaField {...common} maxLength={5000} />
  if (type === 'number') return <TextField {...common} inputMode="numeric" type="number" />
  if (options.length > 0) {
    return (
      <SelectField
        {...common}
        none={messages.book.choose}
        options={options.map(({ value, label: optionLabel }) => [value, optionLabel])}
      />
    )
  }
  return <TextField {...common} maxLength={1000} />
}
