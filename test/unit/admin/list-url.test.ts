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

  it('says many values in one, as the admin makes something else of a list with more than twenty places', () => {
    const ids = Array.from({ length: 21 }, (_, n) => `id-${n}`)
    expect(of({ id: { in: ids } })).toBe(`/admin/collections/payments?where[or][0][and][0][id][in]=${ids.join(',')}`)
    expect(of({ id: { in: ids.slice(1) } })).toContain('[in][19]=id-20')
  })

  it('is refused where filters cannot say it', () => {
    expect(() => of({ or: [{ status: { equals: 'due' } }] })).toThrow(/no "or"/)
  })
})
