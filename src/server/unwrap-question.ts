import { DomainError } from '#shared/errors'

const overrides = ['x-payload-http-method-override', 'x-http-method-override']

/**
 * A question that is too long for an address comes as a POST that says it is a GET, with the query in its body, as a form. It is made the GET that it stands
 * for here, so that whatever looks at queries sees it.
 * @returns the request itself where it is what it says.
 * @throws DomainError `invalid_request` for a body of another kind.
 */
export const unwrapQuestion = async (request: Request): Promise<Request> => {
  if (request.method !== 'POST' || !overrides.some((name) => request.headers.get(name) === 'GET')) return request
  const [type = ''] = (request.headers.get('content-type') ?? '').split(';', 1)
  if (type.trim() !== 'application/x-www-form-urlencoded') {
    const detail = 'Send the query as application/x-www-form-urlencoded, or in the address of a GET.'
    throw new DomainError('invalid_request', detail)
  }
  const url = new URL(request.url)
  const query = await request.text()
  url.search = [url.search.slice(1), query].filter((part) => part !== '').join('&')
  const headers = new Headers(request.headers)
  for (const name of [...overrides, 'content-type', 'content-length']) headers.delete(name)
  return new Request(url, { method: 'GET', headers, signal: request.signal })
}
