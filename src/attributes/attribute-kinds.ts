import { intakeQuestionTypes } from '#shared/intake-question'

/** What can have attributes of operations, with the word for one of them. */
export const attributeSubjects = {
  'scheduled-sessions': { label: 'Sessions', noun: 'session' },
  customers: { label: 'Customers', noun: 'customer' },
  'consultant-profiles': { label: 'Consultants', noun: 'consultant' },
  'service-types': { label: 'Service types', noun: 'service type' },
} as const satisfies Record<string, { label: string; noun: string }>

export type AttributeSubject = keyof typeof attributeSubjects

// Object.keys gives string[]; the table's keys are exactly the subjects.
export const attributeSubjectNames = Object.keys(attributeSubjects) as [AttributeSubject, ...AttributeSubject[]]

/** How an attribute is entered. The words are those of the intake questions where it is the same thing. */
export const attributeTypes = {
  text: intakeQuestionTypes.text,
  long_text: intakeQuestionTypes.textarea,
  number: intakeQuestionTypes.number,
  checkbox: intakeQuestionTypes.checkbox,
  date: 'Date',
  select: intakeQuestionTypes.select,
  multi_select: 'Several choices',
  email: 'E-mail address',
  url: 'Web address',
} as const

export type AttributeType = keyof typeof attributeTypes

// Object.keys gives string[]; the table's keys are exactly the types.
export const attributeTypeNames = Object.keys(attributeTypes) as [AttributeType, ...AttributeType[]]

/** The types that are chosen from options. */
export const isChoice = (type: AttributeType): boolean => type === 'select' || type === 'multi_select'

/** Who may read an attribute besides staff, where they see the record at all. */
export const attributeReaders = {
  customer: 'Its customer',
  consultant: 'Its consultant',
  public: 'Everybody who sees the record',
} as const

export type AttributeReader = keyof typeof attributeReaders

/** Who may set an attribute besides staff. */
export const attributeWriters = { customer: 'Its customer', consultant: 'Its consultant' } as const

export type AttributeWriter = keyof typeof attributeWriters

/** The most definitions that are in use for one subject at a time. */
export const maxActiveAttributes = 50

/** The most options of a choice. */
export const maxAttributeOptions = 100

/** How a key is written: it stands in addresses and filters. */
export const attributeKeyPattern = /^[a-z][a-zA-Z0-9_]{0,39}$/
