import type { AttributeReader, AttributeSubject, AttributeType, AttributeWriter } from './attribute-kinds'

/** One attribute that operations have defined and that is in use. */
export type AttributeDefinition = {
  subject: AttributeSubject
  key: string
  label: string
  help: string | null
  type: AttributeType
  options: { value: string; label: string }[]
  required: boolean
  /** Smallest and largest number, length of a text, or number of choices. */
  min: number | null
  max: number | null
  readableBy: AttributeReader[]
  writableBy: AttributeWriter[]
  /** Ids; empty: in bookings of all of them. */
  serviceTypes: string[]
  isInMessages: boolean
}

export type AttributeValue = string | number | boolean | string[]

/** The attributes of one record, by key. */
export type AttributeValues = Record<string, AttributeValue>
