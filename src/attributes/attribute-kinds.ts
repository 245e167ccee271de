import { intakeQuestionTypes } from '#shared/intake-question'
import type { Words } from '#shared/words'

/** Who may read an attribute besides staff, where they see the record at all. */
export const attributeReaders = {
  customer: { en: 'Its customer', de: 'Die Kundin oder der Kunde dazu' },
  consultant: { en: 'Its consultant', de: 'Die Fachperson dazu' },
  public: { en: 'Everybody who sees the record', de: 'Alle, die den Eintrag sehen' },
} as const

export type AttributeReader = keyof typeof attributeReaders

/** Who may set an attribute besides staff. */
export const attributeWriters = {
  customer: { en: 'Its customer', de: 'Die Kundin oder der Kunde dazu' },
  consultant: { en: 'Its consultant', de: 'Die Fachperson dazu' },
} as const

export type AttributeWriter = keyof typeof attributeWriters

type SubjectRow = {
  label: Words
  noun: string
  /** For sentences. */
  several: Words
  readers: readonly AttributeReader[]
  writers: readonly AttributeWriter[]
}

/**
 * What can have attributes of operations, with the word for one of them, and which sides it has: `consultant` is a session's own, one who has
 * met the customer, the profile's owner, and of a service type every consultant; nobody but staff edits service types.
 */
export const attributeSubjects = {
  'scheduled-sessions': {
    label: { en: 'Sessions', de: 'Termine' },
    noun: 'session',
    several: { en: 'sessions', de: 'Termine' },
    readers: ['customer', 'consultant', 'public'],
    writers: ['customer', 'consultant'],
  },
  customers: {
    label: { en: 'Customers', de: 'Kundschaft' },
    noun: 'customer',
    several: { en: 'customers', de: 'Kundinnen und Kunden' },
    readers: ['customer', 'consultant', 'public'],
    writers: ['customer'],
  },
  'consultant-profiles': {
    label: { en: 'Consultants', de: 'Fachpersonen' },
    noun: 'consultant',
    several: { en: 'consultants', de: 'Fachpersonen' },
    readers: ['consultant', 'public'],
    writers: ['consultant'],
  },
  'service-types': {
    label: { en: 'Service types', de: 'Leistungen' },
    noun: 'service type',
    several: { en: 'service types', de: 'Leistungen' },
    readers: ['consultant', 'public'],
    writers: [],
  },
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
  date: { en: 'Date', de: 'Datum' },
  select: intakeQuestionTypes.select,
  multi_select: { en: 'Several choices', de: 'Mehrfachauswahl' },
  email: { en: 'E-mail address', de: 'E-Mail-Adresse' },
  url: { en: 'Web address', de: 'Webadresse' },
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
