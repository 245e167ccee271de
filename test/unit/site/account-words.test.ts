import { describe, expect, it } from 'vitest'
import { openidProblems } from '#accounts/openid/decide-openid-login'
import { problemText } from '../../../src/app/(account)/_lib/problem-text'
import { accountWords } from '../../../src/app/(account)/_words/languages'
import { textsOf } from './texts-of'

/** What is the same in both languages. */
const same = new Set(['fields.name', 'factor.kinds.passkey'])

describe('the words of the pages about a login', () => {
  it('stand in every language, each in its own', () => {
    const [en, de] = [new Map(textsOf(accountWords.en)), new Map(textsOf(accountWords.de))]
    expect([...de.keys()]).toEqual([...en.keys()])
    for (const [path, text] of de) {
      expect(text.trim(), path).not.toBe('')
      if (!same.has(path)) expect(text, path).not.toBe(en.get(path))
    }
  })

  it('put in what they are given', () => {
    for (const words of Object.values(accountWords)) {
      for (const text of [words.logIn.with('Google'), words.account.connect('Google')]) expect(text).toContain('Google')
    }
  })

  it('tell of everything that can go wrong with a provider, and of nothing that an address makes up', () => {
    for (const words of Object.values(accountWords)) {
      expect(Object.keys(words.problems)).toEqual([...openidProblems])
      for (const problem of openidProblems) expect(problemText(problem, words)).toBe(words.problems[problem])
      for (const made of ['<script>', 'toString', '__proto__', '']) expect(problemText(made, words)).toBeUndefined()
    }
  })
})
