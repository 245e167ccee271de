import { describe, expect, it } from 'vitest'
import { isFollowedLink } from '#server/followed-link'

const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }

describe('a link of another site', () => {
  it('is one that a person follows', () => {
    expect(isFollowedLink('GET', link)).toBe(true)
  })

  it.each([
    ['a form', 'POST', link],
    ['a frame', 'GET', { ...link, 'sec-fetch-dest': 'iframe' }],
    ['a script', 'GET', { ...link, 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }],
    ['a picture', 'GET', { ...link, 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }],
    ['our own page', 'GET', { ...link, 'sec-fetch-site': 'same-origin' }],
    ['no browser', 'GET', {}],
  ])('is not %s', (_, method, headers) => {
    expect(isFollowedLink(method, headers)).toBe(false)
  })
})
