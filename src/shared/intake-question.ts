/** One question that a service type asks its customers. */
export type IntakeQuestion = {
  key: string
  label: string
  type: 'text' | 'textarea' | 'select' | 'checkbox' | 'number'
  required: boolean
  /** Of a `select`: the values that can be chosen. */
  options: readonly string[]
}
