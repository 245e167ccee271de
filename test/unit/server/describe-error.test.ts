import { describe, expect, it } from 'vitest'
import { describeError } from '#server/describe-error'

describe('an error in the log', () => {
  it('keeps neither the statement nor its parameters', () => {
    const cause = Object.assign(new Error('duplicate key value violates unique constraint "users_email_idx"'), {
      code: '23505',
      constraint: 'users_email_idx',
      detail: 'Key (email)=(jo@company.example) already exists.',
    })
    const error = new Error('Failed query: insert into "users" values ($1)\nparams: jo@company.example,secret', {
      cause,
    })
    const logged = JSON.stringify(describeError(error))
    expect(logged).not.toMatch(/jo@company|secret|insert into/)
    expect(logged).toContain('23505')
    expect(logged).toContain('users_email_idx')
  })
})
