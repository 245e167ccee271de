import { expect, it } from 'vitest'
import { dateTimeFormat } from '#shared/date-time-format'

const noon = Date.UTC(2026, 0, 1, 12)

it('makes a formatter once, and another one for everything that differs', () => {
  const options = { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Berlin' } as const
  const made = dateTimeFormat('de', options)
  expect(dateTimeFormat('de', { ...options })).toBe(made)
  expect(made.format(noon)).toBe('13:00')
  expect(dateTimeFormat('de', { ...options, timeZone: 'Asia/Tokyo' }).format(noon)).toBe('21:00')
  expect(dateTimeFormat('en-US', options).format(noon)).toBe('01:00 PM')
})

it('keeps no more than there is room for', () => {
  const first = dateTimeFormat('en', { timeZone: 'UTC' })
  for (let n = 0; n < 1_000; n++) dateTimeFormat(`en-x-n${n}`, { timeZone: 'UTC' })
  expect(dateTimeFormat('en', { timeZone: 'UTC' })).not.toBe(first)
})
