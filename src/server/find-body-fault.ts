import { addDataAndFileToRequest, APIError, createLocalReq, type Payload } from 'payload'
import { DomainError } from '#shared/errors'

/**
 * What is wrong with the body of a request that Payload reads: it is no JSON and no form, or holds something else than the fields of a record. Payload
 * stumbles over most of it in the midst of its own work. So it is read twice, the first time to find out.
 * @param collection that it is about: a file that was uploaded elsewhere is looked up by it.
 * @param needsFields whether it is about the fields of a record, which have to come in a form that Payload reads.
 * @returns undefined where nothing is wrong.
 */
export const findBodyFault = async (
  request: Request,
  payload: Payload,
  { needsFields, collection = '' }: { needsFields: boolean; collection?: string },
): Promise<DomainError | undefined> => {
  if (!request.body) return needsFields ? noFields() : undefined
  const { body, headers, method, text } = bodyOf(request)
  const req = Object.assign(await createLocalReq({}, payload), {
    ...{ body, headers, method, text },
    routeParams: { collection },
  })
  try {
    await addDataAndFileToRequest(req)
  } catch (error) {
    if (error instanceof APIError && error.status === 413) return new DomainError('payload_too_large', error.message)
    const said = error instanceof Error ? error.message.replace(/\.$/, '') : ''
    return new DomainError('invalid_request', `The body cannot be read: ${said}.`, { cause: error })
  }
  const data: unknown = req.data
  if (needsFields && data === undefined && !req.file) return noFields()
  if (data === undefined) return undefined
  if (isRecord(data)) return undefined
  return new DomainError('invalid_request', 'The body must be an object: {"name": "Ada"}.')
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const noFields = (): DomainError =>
  new DomainError(
    'invalid_request',
    'Send the fields as JSON with Content-Type: application/json, or in the part _payload of a form.',
  )

/** Of a copy: the request's own is read afterwards. */
const bodyOf = (request: Request) => {
  const copy = request.clone()
  return { body: copy.body, headers: copy.headers, method: copy.method, text: () => copy.text() }
}
