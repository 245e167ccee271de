import { expect, it } from 'vitest'
import { formatClearTimeIn } from '#app/(payload)/admin-components/lib/format-instant'

const shown = (instant: string, zone: string) => formatClearTimeIn(instant, zone, 'en-GB')

it('a time that the clock shows twice says which one it is, and no other does', () => {
  expect(['2026-10-25T00:30Z', '2026-10-25T01:30Z'].map((at) => shown(at, 'Europe/Berlin'))).toEqual([
    '02:30 CEST',
    '02:30 CET',
  ])
  expect(['2026-10-24T23:30Z', '2026-10-25T02:30Z'].map((at) => shown(at, 'Europe/Berlin'))).toEqual(['01:30', '03:30'])
  // Half an hour is put back there.
  const lordHowe = ['2026-04-04T14:45Z', '2026-04-04T15:15Z'].map((at) => shown(at, 'Australia/Lord_Howe'))
  expect(lordHowe.map((text) => text.slice(0, 5))).toEqual(['01:45', '01:45'])
  expect(new Set(lordHowe).size).toBe(2)
})
