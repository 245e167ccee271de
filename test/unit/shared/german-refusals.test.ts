import { expect, it } from 'vitest'
import { presentRefusal } from '#hooks/shared/present-refusal'
import { DomainError } from '#shared/errors'
import { germanRefusal } from '#shared/german-refusals'

const said = (refusal: DomainError, language: string): string =>
  JSON.stringify(presentRefusal(refusal, undefined, language)).match(/"message":"([^"]*)"/)?.[1] ?? ''

it.each([
  ['en', 'The slot is gone.'],
  ['fr', 'The slot is gone.'],
  ['de', 'Diese Zeit wurde gerade vergeben. (The slot is gone.)'],
])('to whoever reads %s a refusal says %j', (language, message) => {
  expect(said(new DomainError('slot_taken', 'The slot is gone.'), language)).toBe(message)
})

it('German that somebody wrote is said as it is', () => {
  const refusal = new DomainError('conflict', 'Load it again.', { german: 'Laden Sie es neu.' })
  expect([said(refusal, 'en'), said(refusal, 'de')]).toEqual(['Load it again.', 'Laden Sie es neu.'])
})

it('a code that is none of ours is left out', () => {
  expect(germanRefusal('toString', 'What is amiss.')).toBe('What is amiss.')
})
