export const intakeQuestionTypes = ['text', 'textarea', 'select', 'checkbox', 'number'] as const

/** One question that a service type asks its customers. */
export type IntakeQuestion = {
  key: string
  label: string
  type: (typeof intakeQuestionTypes)[number]
  required: boolean
  /** Of a `select`: the values that can be chosen. */
  options: readonly string[]
}
