import { describe, expect, it } from 'vitest'
import { type BookableFacts, decideUnbookable } from '#desk/today/decide-unbookable'

const bookable: BookableFacts = {
  isPublished: true,
  isPublic: true,
  isAvailable: true,
  hasService: true,
  hasFreeTime: true,
}

describe('why an expert cannot be booked', () => {
  it.each([
    [{}, []],
    [{ isPublished: false, isPublic: false, hasFreeTime: false }, ['draft']],
    [{ isPublic: false, hasFreeTime: false }, ['hidden']],
    [{ isAvailable: false, hasFreeTime: false }, ['switched_off']],
    [{ hasService: false, hasFreeTime: false }, ['no_service']],
    [{ isPublished: false, isAvailable: false, hasService: false }, ['draft', 'switched_off', 'no_service']],
    [{ hasFreeTime: false }, ['no_free_time']],
  ])('%j: %j', (facts, reasons) => {
    expect(decideUnbookable({ ...bookable, ...facts })).toEqual(reasons)
  })
})
