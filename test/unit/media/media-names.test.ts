import { describe, expect, it } from 'vitest'
import { computeMediaNames, namesOfMedia } from '#media/compute-media-names'
import { decideMediaAnswer } from '#media/decide-media-answer'

const stamp = '0123456789abcdef'
const nameOf = (filename: string) => computeMediaNames({ filename }, stamp).filename

describe('the name of a picture', () => {
  it.each([
    ['Portrait.PNG', `portrait-${stamp}.png`],
    ['Zoë Müller (2).jpeg', `zoe-muller-2-${stamp}.jpeg`],
    ['портрет.webp', `picture-${stamp}.webp`],
    ['../../etc/passwd.png', `etc-passwd-${stamp}.png`],
    [`${'x'.repeat(300)}.png`, `${'x'.repeat(60)}-${stamp}.png`],
    [`portrait-${'f'.repeat(16)}.png`, `portrait-${stamp}.png`],
    ['no-ending', `no-ending-${stamp}.bin`],
  ])('of %s means the same in every address and key', (given, name) => {
    expect(nameOf(given)).toBe(name)
  })

  it('is that of its sizes as well, but for those that were not made', () => {
    const sizes = { card: { filename: 'a-640x480.webp' }, thumbnail: { filename: null } }
    const names = computeMediaNames({ filename: 'a.png', sizes }, stamp)
    expect(names).toEqual({ filename: `a-${stamp}.png`, sizes: { card: `a-${stamp}-card.webp` } })
    expect(namesOfMedia({ filename: 'a.png', sizes })).toEqual(['a.png', 'a-640x480.webp'])
  })
})

describe('a request for a file', () => {
  const file = { etag: '"abc"', size: 100 }
  const answer = (range?: string, others: { ifNoneMatch?: string; ifRange?: string } = {}) =>
    decideMediaAnswer({ range, ...others }, file)

  it.each([
    ['bytes=0-9', { status: 206, start: 0, end: 9 }],
    ['bytes=90-', { status: 206, start: 90, end: 99 }],
    ['bytes=-10', { status: 206, start: 90, end: 99 }],
    ['bytes=-1000', { status: 206, start: 0, end: 99 }],
    ['bytes=50-1000', { status: 206, start: 50, end: 99 }],
    ['bytes=0-9,20-29', { status: 206, start: 0, end: 9 }],
    ['bytes=100-', { status: 416 }],
    ['bytes=9-0', { status: 416 }],
    ['bytes=-0', { status: 416 }],
    ['bytes=-', { status: 416 }],
    ['lines=1-2', { status: 416 }],
  ])('for %s is answered as RFC 9110 says', (range, expected) => {
    expect(answer(range)).toEqual(expected)
  })

  it('that names what it has is told that nothing changed, before any part of it is sent', () => {
    expect(answer('bytes=0-9', { ifNoneMatch: '"x", W/"abc"' })).toEqual({ status: 304 })
    expect(answer(undefined, { ifNoneMatch: '*' })).toEqual({ status: 304 })
    expect(answer(undefined, { ifNoneMatch: '"x"' })).toEqual({ status: 200 })
  })

  it('for a part of something else gets the whole', () => {
    expect(answer('bytes=0-9', { ifRange: '"x"' })).toEqual({ status: 200 })
    expect(answer('bytes=0-9', { ifRange: '"abc"' })).toMatchObject({ status: 206 })
  })
})
