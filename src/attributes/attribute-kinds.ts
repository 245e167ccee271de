import { intakeQuestionTypes } from '#shared/intake-question'

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

type SubjectRow = {
  label: string
  noun: string
  readers: readonly AttributeReader[]
  writers: readonly AttributeWriter[]
}

/**
 * What can have attributes of operations, with the word for one of them, and which sides it has: `consultant` is a session's own, one who has
 * met the customer, the profile's owner, and of a service type every consultant; nobody but staff edits service types.
 */
export const attributeSubjects = {
  'scheduled-sessions': {
    label: 'Sessions',
    noun: 'session',
    readers: ['customer', 'consultant', 'public'],
    writers: ['customer', 'consultant'],
  },
  customers: {
    label: 'Customers',
    noun: 'customer',
    readers: ['customer', 'consultant', 'public'],
    writers: ['customer'],
  },
  'consultant-profiles': {
    label: 'Consultants',
    noun: 'consultant',
    readers: ['consultant', 'public'],
    writers: ['consultant'],
  },
  'service-types': { label: 'Service types', noun: 'service type', readers: ['consultant', 'public'], writers: [] },
} as const satisfies Record<string, SubjectRow>

export type AttributeSubject = keyof typeof attributeSubjects

/** Whether records of a collection can have attributes. */
export const isAttributeSubject = (slug: string): slug is AttributeSubject => Object.hasOwn(attributeSubjects, slug)

/**
 * How an attribute is entered. The words are those of the intake questions where it is the same thing. Stored and sent as text, but for
 * `number` (a number), `checkbox` (true or false) and `multi_select` (a list of option values); a `date` is `2030-01-31`, without a time.
 */
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

/** Whether it is chosen from options. */
export const isChoice = (type: AttributeType): boolean => type === 'select' || type === 'multi_select'

/** The most definitions that are in use for one subject at a time. */
export const maxActiveAttributes = 50

/** The most options of a choice. */
export const maxAttributeOptions = 100

/** How a key is written: it stands in addresses and filters, where `__` stands for a dot. */
export const attributeKeyPattern = /^(?!.*__)[a-z][a-zA-Z0-9_]{0,39}$/
