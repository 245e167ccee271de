import { type DomainError, errorCodes } from '#shared/errors'
import type { Answer } from './answer'
import type { Operation } from './operation'
import { listUndeclared } from './list-undeclared'
import { allRefusals } from './frame-refusals'

/** An answer or refusal that the document does not declare: a fault of ours. Its message is for whoever develops. */
export class UndeclaredAnswer extends Error {
  override readonly name = 'UndeclaredAnswer'
}

/** What every answer may carry without a word. */
const commonHeaders: ReadonlySet<string> = new Set(['cache-control'])

const mediaTypeOf = (contentType: string): string => contentType.split(';', 1)[0]?.trim().toLowerCase() ?? ''

const problemType = 'application/problem+json'

/** Of an answer that repeats a stored refusal, or shows one as a page. */
const findRefusalFault = (operation: Operation, { body, contentType = '', status }: Answer): string | undefined => {
  const declared = [...allRefusals(operation)]
  const type = mediaTypeOf(contentType)
  if (type === problemType && typeof body === 'string') {
    const { code } = JSON.parse(body) as { code?: string }
    return declared.some((known) => known === code) ? undefined : `refuses with \`${code ?? ''}\``
  }
  const isPage = operation.refusalsAs === 'page' && type === 'text/html'
  return isPage && declared.some((code) => errorCodes[code].status === status)
    ? undefined
    : `answers ${status} as ${type || 'nothing'}`
}

const findBodyFault = (
  { schema, contentType, alsoAs = [] }: Operation['answers'][number],
  answer: Answer,
): string | undefined => {
  const type = answer.contentType === undefined ? undefined : mediaTypeOf(answer.contentType)
  if (alsoAs.some((other) => other === type)) return undefined
  const declared = contentType ?? (schema ? 'application/json' : undefined)
  if (type !== declared) return `answers ${type ?? 'no body'} where ${declared ?? 'no body'} is declared`
  if (!schema) return undefined
  const value: unknown = typeof answer.body === 'string' ? JSON.parse(answer.body) : undefined
  const parsed = schema.safeParse(value)
  if (!parsed.success) {
    return parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the answer'}: ${message}`).join('; ')
  }
  const undeclared = listUndeclared(value, parsed.data)
  return undeclared.length ? `answers fields that are not declared: ${undeclared.join(', ')}` : undefined
}

const findFault = (operation: Operation, answer: Answer): string | undefined => {
  const declared = operation.answers[answer.status]
  if (!declared) return findRefusalFault(operation, answer)
  const headers = new Set(Object.keys(declared.headers ?? {}).map((name) => name.toLowerCase()))
  const unknown = Object.keys(answer.headers ?? {}).find(
    (name) => !headers.has(name.toLowerCase()) && !commonHeaders.has(name.toLowerCase()),
  )
  return unknown === undefined
    ? findBodyFault(declared, answer)
    : `answers ${answer.status} with an undeclared ${unknown}`
}

/**
 * Holds an answer against what the operation declares: status, content type, headers, and every field of the body.
 * @throws UndeclaredAnswer
 */
export const checkAnswer = (operation: Operation, answer: Answer): void => {
  const fault = findFault(operation, answer)
  if (fault !== undefined) throw new UndeclaredAnswer(`${operation.operationId} ${fault}.`)
}

/** The same for a refusal, which must be one that the operation lists or the frame adds. @throws UndeclaredAnswer */
export const checkRefusal = (operation: Operation, refusal: DomainError): void => {
  if (!allRefusals(operation).has(refusal.code)) {
    throw new UndeclaredAnswer(`${operation.operationId} refuses with \`${refusal.code}\`: ${refusal.message}`)
  }
}
