import { describe, expect, it } from 'vitest'
import { whereUrl } from '../../../src/app/(payload)/admin-components/lib/list-url'

describe('the list behind a condition', () => {
  const of = (where: Parameters<typeof whereUrl>[0]['where']) =>
    decodeURIComponent(whereUrl({ adminRoute: '/admin', collection: 'payments', where }).replaceAll('+', ' '))

  it('has each part of it as a filter', () => {
    expect(of({ and: [{ status: { in: ['due', 'held'] } }, { and: [{ 'payout.paidAt': { exists: false } }] }] })).toBe(
      '/admin/collections/payments?where[or][0][and][0][status][in][0]=due&where[or][0][and][0][status][in][1]=held' +
        '&where[or][0][and][1][payout.paidAt][exists]=false',
    )
  })

  it('is refused where filters cannot say it', () => {
    expect(() => of({ or: [{ status: { equals: 'due' } }] })).toThrow(/no "or"/)
  })
})
