/** How a question is answered. */
export const intakeQuestionTypes = {
  text: 'One line',
  textarea: 'Several lines',
  select: 'Choice',
  checkbox: 'Yes or no',
  number: 'Number',
} as const

export type IntakeQuestionType = keyof typeof intakeQuestionTypes

export const intakeQuestionTypeNames = Object.keys(intakeQuestionTypes) as [IntakeQuestionType, ...IntakeQuestionType[]]

/** One question that a service type asks its customers. */
export type IntakeQuestion = {
  key: string
  label: string
  type: IntakeQuestionType
  required: boolean
  /** Of a `select`: the values that can be chosen. */
  options: readonly string[]
}
