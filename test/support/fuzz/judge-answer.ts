import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020'
import addFormats from 'ajv-formats'
import type { DescribedOperation, OpenapiDocument } from './endpoint-requests'
import type { FuzzRequest } from './request'
import type { FuzzAnswer } from './send'

/** What is wrong with an answer; undefined: nothing. */
export type Judge = (
  request: Pick<FuzzRequest, 'method' | 'target' | 'headers'>,
  answer: FuzzAnswer,
) => string | undefined

/** Of a program's inside: where it failed, and what it asked the database. */
const insides =
  /node_modules\/|node:internal|\n\s+at [\w.<]|\(\/[\w./-]+\.[cm]?[jt]s:\d+|Failed query|violates [\w-]+ constraint|relation "[^"]*" does not exist|syntax error at or near|invalid input syntax|operator does not exist|(?:select|SELECT) .{1,400} (?:from|FROM) "/

/** Names under which nothing is ever told, whoever asks. */
const untold =
  /"(?:hash|salt|resetPasswordToken|resetPasswordExpiration|_verificationToken|manageTokenHash|holdTokenHash|feedTokenHash|accessToken|refreshToken|syncToken|pageToken)"\s*:\s*"/

/** @param secrets what stands in columns that nobody reads. */
export const createJudge = (document: OpenapiDocument, secrets: readonly string[]): Judge => {
  const findOperation = matchOperations(document)
  const findBodyFault = validateBodies(document)
  return (request, answer) => {
    const { status, contentType, text } = answer
    // There is no worker.
    if (status >= 500 && !(status === 503 && request.target.startsWith('/api/health/ready'))) return `${status}`
    if (insides.test(text)) return 'tells of its inside'
    if (untold.test(text)) return 'tells a secret by its name'
    if (secrets.some((secret) => text.includes(secret))) return 'tells a secret'
    const [path = ''] = request.target.split('?', 1)
    const operation = findOperation(request.method, path)
    if (operation) {
      // Said once for all operations.
      if (status === 403 && isForeign(request))
        return isProblem(contentType, text) ? undefined : 'a refusal in no form of ours'
      const response = operation.responses[status]
      if (!response) return `${operation.operationId} does not declare ${status}`
      return findBodyFault(operation.operationId, status, response, answer)
    }
    if (request.method === 'HEAD' || request.method === 'OPTIONS' || status < 400) return findGraphqlFault(text)
    return isProblem(contentType, text)
      ? findGraphqlFault(text)
      : `${status} in no form of ours: ${contentType} ${text.slice(0, 200)}`
  }
}

/** The document's own addresses: what is named before what is filled in. Where a parameter has a pattern, other addresses are not the operation's. */
const matchOperations = ({ paths }: OpenapiDocument) => {
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      operation,
      open: path.split('{').length,
      pattern: patternOf(path, operation),
    })),
  )
  routes.sort((a, b) => a.open - b.open)
  return (method: string, path: string): DescribedOperation | undefined =>
    routes.find((route) => route.method === method && route.pattern.test(path))?.operation
}

const patternOf = (path: string, { parameters = [] }: DescribedOperation): RegExp => {
  const source = path.replaceAll('.', '\\.').replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const pattern = parameters.find((one) => one.in === 'path' && one.name === name)?.schema.pattern
    return pattern === undefined ? '[^/]+' : `(?:${pattern.replace(/^\^/, '').replace(/\$$/, '')})`
  })
  return new RegExp(`^${source}/?$`, 'i')
}

const isForeign = ({ headers, method }: Pick<FuzzRequest, 'headers' | 'method'>): boolean =>
  method !== 'GET' && headers.Origin !== undefined

const validateBodies = ({ components }: OpenapiDocument) => {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true })
  addFormats(ajv)
  ajv.addSchema({ $id: 'https://fuzz.example/document', components })
  const validators = new Map<string, ValidateFunction>()
  const validatorOf = (name: string, schema: object): ValidateFunction => {
    const known = validators.get(name)
    if (known) return known
    const text = JSON.stringify(schema).replaceAll('"#/components', '"https://fuzz.example/document#/components')
    const made = ajv.compile(JSON.parse(text) as object)
    validators.set(name, made)
    return made
  }
  return (
    operationId: string,
    status: number,
    { content = {} }: DescribedOperation['responses'][string],
    answer: FuzzAnswer,
  ): string | undefined => {
    const declared = content[answer.contentType]
    if (!declared) {
      if (!Object.keys(content).length && !answer.text) return undefined
      return `${operationId} ${status} is declared as ${Object.keys(content).join(', ') || 'nothing'}, not ${answer.contentType}`
    }
    if (!declared.schema || !answer.contentType.endsWith('json')) return undefined
    const validate = validatorOf(`${operationId} ${status} ${answer.contentType}`, declared.schema)
    if (validate(parse(answer.text))) return undefined
    return `${operationId} ${status} is not as declared: ${ajv.errorsText(validate.errors)}`
  }
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isProblem = (contentType: string, text: string): boolean => {
  const body = parse(text)
  if (typeof body !== 'object' || body === null) return false
  if (contentType === 'application/problem+json') return 'code' in body && 'title' in body
  return 'errors' in body && Array.isArray(body.errors) && body.errors.length > 0
}

/** GraphQL answers 200 to what failed within. */
const findGraphqlFault = (text: string): string | undefined => {
  const status = /"statusCode":(5\d\d)/.exec(text)?.[1]
  if (status !== undefined) return `GraphQL ${status}`
  return /"message":"(?:Something went wrong|Internal server error|Cannot read prop|[^"]* is not a function|[^"]* is not iterable)/.test(
    text,
  )
    ? `GraphQL: ${text.slice(0, 200)}`
    : undefined
}
