import type { CollectionBeforeOperationHook } from 'payload'
import { DomainError } from '#shared/errors'

const maxConditions = 500
const maxValues = 10_000
const maxDepth = 10
/** Of texts that are looked for, each of which is a condition of its own. */
const maxWords = 100

const refuse = (message: string): never => {
  throw new DomainError('invalid_request', `where ${message}.`, { errors: [{ path: 'where', message }] })
}

/** Bounds what a request from outside may make PostgreSQL compare: each condition is a part of a statement, each step of a path a join. */
export const boundQuery: CollectionBeforeOperationHook = ({ args, overrideAccess, req }) => {
  if (req.payloadAPI === 'local' || overrideAccess) return args
  const seen = { conditions: 0, values: 0, words: 0 }
  if ('where' in args) measure(args.where, seen, 0)
  if ('joins' in args && args.joins) {
    for (const join of Object.values<unknown>(args.joins)) {
      if (typeof join === 'object' && join !== null && 'where' in join) measure(join.where, seen, 0)
    }
  }
  return args
}

type Seen = { conditions: number; values: number; words: number }

const measure = (where: unknown, seen: Seen, depth: number): void => {
  if (typeof where !== 'object' || where === null) return
  if (depth > maxDepth) refuse(`may be at most ${maxDepth} levels deep`)
  for (const [key, value] of Object.entries<unknown>({ ...where })) {
    if (/^(and|or)$/i.test(key)) {
      for (const inner of Array.isArray(value) ? (value as unknown[]) : []) measure(inner, seen, depth + 1)
      continue
    }
    if (key.split('.').length > maxDepth) refuse(`may lead through at most ${maxDepth} fields`)
    const operators =
      typeof value === 'object' && value !== null ? Object.entries<unknown>({ ...value }) : [['equals', value] as const]
    for (const [operator, operand] of operators) {
      seen.conditions += 1
      if (typeof operand === 'string' && /like$/i.test(operator)) seen.words += operand.trim().split(/\s+/).length
      if (Array.isArray(operand)) seen.values += operand.length
      if (typeof operand === 'string' && operand.length > 1_000) seen.values += operand.split(',').length
    }
    if (seen.conditions > maxConditions) refuse(`may hold at most ${maxConditions} conditions`)
    if (seen.words > maxWords) refuse(`may look for at most ${maxWords} words`)
    if (seen.values > maxValues) refuse(`may name at most ${maxValues} values`)
  }
}
