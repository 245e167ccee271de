import { describe, expect, it } from 'vitest'
import { addProblem } from '#server/add-problem'

const asked = { status: 400, requestId: 'r-1' }
const type = (code: string) => `https://parley.example/problems/${code}`

describe('a refusal of a generated operation', () => {
  it('is a problem like all others, and keeps what Payload says', () => {
    const errors = [{ name: 'ValidationError', message: 'Name is missing', data: { errors: [{ path: 'name' }] } }]
    expect(addProblem({ errors }, asked)).toEqual({
      ...{ type: type('invalid_request'), title: 'The request is not valid', status: 400, code: 'invalid_request' },
      ...{ detail: 'Name is missing', requestId: 'r-1', errors },
    })
  })

  it('has the code of what refused it, and else that of its status', () => {
    const refusal = { message: 'Log in again.', data: { code: 'fresh_login_required' } }
    expect(addProblem({ errors: [refusal] }, { ...asked, status: 403 })).toMatchObject({
      ...{ type: type('fresh_login_required'), code: 'fresh_login_required', detail: 'Log in again.' },
    })
    const code = (status: number) => addProblem({ errors: [{ message: 'No.' }] }, { ...asked, status })?.code
    expect([401, 403, 404, 409, 418, 429, 500, 503].map(code)).toEqual([
      ...['unauthenticated', 'forbidden', 'not_found', 'conflict', 'invalid_request'],
      ...['rate_limited', 'internal_error', 'unavailable'],
    ])
    const foreign = { message: 'No.', data: { code: 'toString' } }
    expect(addProblem({ errors: [foreign] }, asked)).toMatchObject({ code: 'invalid_request' })
  })

  it('keeps what was changed of many', () => {
    const body = { docs: [{ id: '1' }], errors: [{ id: '2', message: 'Not that one' }], message: 'One failed' }
    expect(addProblem(body, asked)).toMatchObject({ ...body, code: 'invalid_request' })
  })

  it('is nothing else', () => {
    for (const body of [
      null,
      [],
      'no',
      {},
      { errors: [] },
      { errors: 'no' },
      { type: 'x', errors: [{ message: '' }] },
    ]) {
      expect(addProblem(body, asked)).toBeUndefined()
    }
  })
})
