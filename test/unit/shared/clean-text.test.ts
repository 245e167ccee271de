import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanLine, cleanParagraph } from '#shared/clean-text'
import { findTextFault } from '#shared/read-text'

const anything = fc.string({ unit: 'binary', maxLength: 300 })

describe('cleanLine', () => {
  it('keeps what people write: letters of all scripts, joiners, emoji', () => {
    for (const text of ['Zoë Ångström', 'عمر', 'می‌خواهم', '👩‍💻 Ada', '日本語']) expect(cleanLine(text)).toBe(text)
  })

  it('takes out what is not seen, and makes one line', () => {
    expect(cleanLine(' a\r\n\tb\u0000\u202Ec\u2066\u2028d\uFEFF ')).toBe('a bc d')
    expect(cleanLine('a\u{E0041}b\u200Bc')).toBe('abc')
    expect(cleanLine('a\t\u0000\tb \uFEFF c')).toBe('a b c')
  })

  it('counts characters, not halves of them, and says that it cut', () => {
    expect(cleanLine('😀😀😀😀', 3)).toBe('😀😀…')
    expect(cleanLine('abc', 3)).toBe('abc')
  })

  it('gives text that input would take, on one line, and changes nothing the second time', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const line = cleanLine(text)
        expect(findTextFault(line)).toBeUndefined()
        expect(line).not.toMatch(/[\r\n\t\u0085\u2028\u2029]/)
        expect(cleanLine(line)).toBe(line)
      }),
    )
  })
})

describe('cleanParagraph', () => {
  it('keeps lines and single empty lines', () => {
    expect(cleanParagraph('a\r\nb\r\r\r\n\nc \u202E\n')).toBe('a\nb\n\nc')
  })

  it('gives text that input would take, and changes nothing the second time', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const paragraph = cleanParagraph(text)
        expect(findTextFault(paragraph)).toBeUndefined()
        expect(cleanParagraph(paragraph)).toBe(paragraph)
      }),
    )
  })
})
