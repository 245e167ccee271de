import type { AfterErrorHook, AfterErrorResult } from 'payload'
import { type DomainError, toProblem } from '#shared/errors'
import { germanRefusal } from '#shared/german-refusals'

type GraphqlResult = Parameters<AfterErrorHook>[0]['graphqlResult']

/**
 * A refusal of ours in the generated REST and GraphQL APIs: in the shape that Payload's admin shows, with the code for everybody else.
 * @param language what Payload answers in; the words of GraphQL stay English, as its own are.
 */
export const presentRefusal = (
  refusal: DomainError,
  graphqlResult: GraphqlResult,
  language = 'en',
): AfterErrorResult => {
  const { status } = toProblem(refusal)
  const entry = {
    name: refusal.name,
    message: refusal.message,
    data: { code: refusal.code, ...(refusal.errors ? { errors: refusal.errors } : {}) },
  }
  if (graphqlResult) {
    const extensions = { name: entry.name, data: entry.data, statusCode: status }
    return { graphqlResult: { ...graphqlResult, message: refusal.message, extensions } }
  }
  const message = language === 'de' ? (refusal.german ?? germanRefusal(refusal.code, refusal.message)) : entry.message
  // Programs read `detail`, which is English; people see the message in the admin.
  return { status, response: { detail: refusal.message, errors: [{ ...entry, message }] } }
}
