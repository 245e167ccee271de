'use client'

import type { AttributeQuestion } from '../_lib/api-types'
import { attributePath } from '../_lib/booking-form'
import type { Form } from '../_lib/use-form'
import { useTexts } from '../_lib/use-texts'
import { CheckboxField, ChoicesField, SelectField, TextAreaField, TextField } from './fields'

/** One question that operations have defined, as the input that its kind asks for. */
export const AttributeQuestionField = ({ form, question }: { form: Form; question: AttributeQuestion }) => {
  const { messages } = useTexts()
  const { help, label, max, min, required, type } = question
  const common = {
    form,
    path: attributePath(question),
    label,
    isRequired: required,
    ...(help === null ? {} : { hint: help }),
  }
  const options = question.options.map((option) => [option.value, option.label] as const)
  switch (type) {
    case 'checkbox':
      return <CheckboxField {...common} />
    case 'long_text':
      return <TextAreaField {...common} maxLength={max ?? 5_000} />
    case 'number':
      return (
        <TextField
          {...common}
          type="number"
          inputMode="decimal"
          step="any"
          {...(min === null ? {} : { min })}
          {...(max === null ? {} : { max })}
        />
      )
    case 'date':
      return <TextField {...common} type="date" />
    case 'select':
      return <SelectField {...common} none={messages.book.choose} options={options} />
    case 'multi_select':
      return <ChoicesField {...common} options={options} />
    case 'email':
      return <TextField {...common} type="email" inputMode="email" maxLength={254} />
    case 'url':
      return <TextField {...common} type="url" inputMode="url" maxLength={2_000} />
    case 'text':
      return <TextField {...common} maxLength={max ?? 200} />
  }
}
