'use client'

import { AttributeQuestionField } from '../../../_components/attribute-question-field'
import { CustomerFields, customerFieldNames } from '../../../_components/customer-fields'
import { ErrorSummary } from '../../../_components/error-summary'
import { TextAreaField } from '../../../_components/fields'
import { IntakeQuestionField } from '../../../_components/intake-question-field'
import { ProblemFields, problemFieldNames } from '../../../_components/problem-fields'
import type { AttributeQuestion, Consultant, Money, ServiceType } from '../../../_lib/api-types'
import { answerPath, attributePath } from '../../../_lib/booking-form'
import { isFree } from '../../../_lib/money'
import type { Texts } from '../../../_lib/texts'
import type { SiteWords } from '../../../_words/en'
import { useForm, type FieldName, type Form } from '../../../_lib/use-form'
import { useTexts } from '../../../_lib/use-texts'

type Props = {
  consultant: Consultant
  service: ServiceType
  /** What operations ask besides. */
  attributes: readonly AttributeQuestion[]
  price: Money | null
  progress: 'filling' | 'sending' | 'leaving'
  /** Whether there is a held time to book. */
  canSubmit: boolean
  attempt: number
  onSubmit: (form: Form) => void
}

const attributeNames = (attributes: readonly AttributeQuestion[], subject: AttributeQuestion['subject']): FieldName[] =>
  attributes.flatMap((question) =>
    question.subject === subject ? [{ path: attributePath(question), label: question.label }] : [],
  )

const fieldNames = (
  { intakeQuestions }: ServiceType,
  attributes: readonly AttributeQuestion[],
  messages: SiteWords,
): FieldName[] => [
  ...customerFieldNames(messages),
  ...attributeNames(attributes, 'customer'),
  ...intakeQuestions.map(({ key, label }) => ({ path: answerPath(key), label })),
  ...attributeNames(attributes, 'session'),
  ...problemFieldNames(messages),
  { path: 'notes', label: messages.book.notes },
]

const submitText = (
  progress: Props['progress'],
  price: Money | null,
  { messages: { book: text }, formats }: Texts,
): string => {
  if (progress === 'sending') return text.submitting
  if (progress === 'leaving') return text.redirecting
  return price && !isFree(price) ? text.submitPaid(formats.money(price)) : text.submitFree
}

export const DetailsForm = (props: Props) => {
  const texts = useTexts()
  const text = texts.messages.book
  const { consultant, service, attributes, price, progress, canSubmit, attempt, onSubmit } = props
  const form = useForm({
    draft: 'booking',
    fields: fieldNames(service, attributes, texts.messages),
    initial: { 'customer.language': texts.language },
  })
  const ofCustomer = attributes.filter(({ subject }) => subject === 'customer')
  const ofSession = attributes.filter(({ subject }) => subject === 'session')
  const isBusy = progress !== 'filling'
  return (
    <form
      className="form"
      noValidate
      aria-busy={isBusy}
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit(form)
      }}
    >
      <ErrorSummary faults={form.faults} attempt={attempt} />
      <fieldset className="form__section">
        <legend>{text.sectionYou}</legend>
        <CustomerFields form={form} />
        {ofCustomer.map((question) => (
          <AttributeQuestionField key={question.key} form={form} question={question} />
        ))}
      </fieldset>
      {service.intakeQuestions.length > 0 ? (
        <fieldset className="form__section">
          <legend>{text.sectionQuestions(consultant.name)}</legend>
          {service.intakeQuestions.map((question) => (
            <IntakeQuestionField key={question.key} form={form} question={question} />
          ))}
        </fieldset>
      ) : null}
      {ofSession.length > 0 ? (
        <fieldset className="form__section">
          <legend>{text.sectionAttributes}</legend>
          {ofSession.map((question) => (
            <AttributeQuestionField key={question.key} form={form} question={question} />
          ))}
        </fieldset>
      ) : null}
      <fieldset className="form__section">
        <legend>{text.sectionProblem}</legend>
        <p className="muted">{text.sectionProblemHint}</p>
        <ProblemFields form={form} />
        <TextAreaField form={form} path="notes" label={text.notes} rows={2} maxLength={5000} />
      </fieldset>
      <div className="form__end">
        <button
          type="submit"
          className="button button--large"
          disabled={!canSubmit}
          aria-disabled={isBusy || undefined}
        >
          {submitText(progress, price, texts)}
        </button>
        <p className="muted" role="status">
          {progress === 'leaving' ? text.redirecting : isFree(price) ? text.nothingToPay : text.paymentHint}
        </p>
      </div>
    </form>
  )
}
