/** How a question is answered. */
export const intakeQuestionTypes = {
  text: { en: 'One line', de: 'Eine Zeile' },
  textarea: { en: 'Several lines', de: 'Mehrere Zeilen' },
  select: { en: 'Choice', de: 'Auswahl' },
  checkbox: { en: 'Yes or no', de: 'Ja oder nein' },
  number: { en: 'Number', de: 'Zahl' },
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
