import type { CustomAttribute } from '#payload-types'
import type { FieldError } from '#shared/errors'
import { largestNumber, longest } from './decide-attribute-value'
import { attributeReaders, attributeSubjects, attributeTypes, attributeWriters, isChoice } from './attribute-kinds'

const article = (noun: string) => `a ${noun}`

/** Faults of what nobody can be: who reads or sets an attribute has to have something to do with its records. */
const sideFaults = ({ subject, readableBy, writableBy }: CustomAttribute): FieldError[] => {
  const { noun, readers, writers } = attributeSubjects[subject]
  const [canRead, canWrite]: [readonly string[], readonly string[]] = [readers, writers]
  return [
    ...(readableBy ?? [])
      .filter((reader) => !canRead.includes(reader))
      .map((reader) => ({
        path: 'readableBy',
        message: `"${attributeReaders[reader].en}" is nobody's place at ${article(noun)}. Choose "${attributeReaders.public.en}", or leave it out.`,
      })),
    ...(writableBy ?? [])
      .filter((writer) => !canWrite.includes(writer))
      .map((writer) => ({
        path: 'writableBy',
        message: `"${attributeWriters[writer].en}" does not edit ${article(noun)}.`,
      })),
  ]
}

const optionFaults = ({ options, type }: CustomAttribute): FieldError[] => {
  const values = (options ?? []).map(({ value }) => value)
  if (!isChoice(type)) return []
  if (!values.length) return [{ path: 'options', message: 'A choice needs something to choose from.' }]
  return values.flatMap((value, index) =>
    values.indexOf(value) < index ? [{ path: `options.${index}.value`, message: 'Is used twice.' }] : [],
  )
}

/** What no value of it is larger than, whatever its own range. */
const mostOf = ({ options, type }: CustomAttribute): number => {
  if (type === 'number') return largestNumber
  if (type === 'multi_select') return options?.length ?? 0
  return type === 'text' || type === 'long_text' ? longest[type] : Infinity
}

const rangeFaults = (definition: CustomAttribute): FieldError[] => {
  const { max, min, type } = definition
  const isSize = type !== 'number'
  const faults = (
    [
      ['min', min],
      ['max', max],
    ] as const
  ).flatMap(([path, value]) =>
    isSize && typeof value === 'number' && (!Number.isInteger(value) || value < 0)
      ? [{ path, message: 'Must be a whole number, not below 0.' }]
      : [],
  )
  const isCrossed = typeof min === 'number' && typeof max === 'number' && min > max
  const most = mostOf(definition)
  if (typeof min === 'number' && min > most) {
    faults.push({ path: 'min', message: `Nobody could meet it: ${most} is the most that there can be.` })
  }
  return [...faults, ...(isCrossed ? [{ path: 'max', message: 'Must not be smaller than the least.' }] : [])]
}

const isList = (value: unknown): boolean => value === undefined || value === null || Array.isArray(value)

const listFaults = (definition: CustomAttribute): FieldError[] =>
  (['options', 'readableBy', 'writableBy', 'serviceTypes'] as const)
    .filter((path) => !isList(definition[path]))
    .map((path) => ({ path, message: 'Must be a list.' }))

/**
 * What is wrong with a definition that no single field of it can know. Pure.
 * @param before what it was; which records it belongs to, and how it is called, stay.
 */
export const decideDefinitionFaults = (after: CustomAttribute, before: CustomAttribute | undefined): FieldError[] => {
  if (!Object.hasOwn(attributeSubjects, after.subject) || !Object.hasOwn(attributeTypes, after.type ?? 'text'))
    return []
  const noLists = listFaults(after)
  if (noLists.length) return noLists
  const fixed = (['subject', 'key'] as const).filter((path) => before && before[path] !== after[path])
  return [
    ...fixed.map((path) => ({ path, message: 'Is not changed later. Define another attribute.' })),
    ...sideFaults(after),
    ...optionFaults(after),
    ...rangeFaults(after),
    ...(after.serviceTypes?.length && after.subject !== 'scheduled-sessions'
      ? [{ path: 'serviceTypes', message: 'Only sessions are of a service type.' }]
      : []),
  ]
}
