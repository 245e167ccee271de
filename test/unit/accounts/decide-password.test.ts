import { describe, expect, it } from 'vitest'
import { commonPasswords } from '#accounts/common-passwords'
import { decidePassword, passwordWords } from '#accounts/decide-password'

const owner = { email: 'Ada.Kingsworth@zahnradwerk.example', name: 'Ada Byron-Kingsworth' }
const decide = async (password: unknown) => decidePassword(password, owner, await commonPasswords())

describe('refused', () => {
  it.each(['short', 'x'.repeat(201), 1234567890, ''])('for its length: %s', async (password) => {
    expect(await decide(password)).toBe('length')
  })

  it.each([
    ...['1234567890', 'qwertyuiop', 'password123', 'Password2026', 'PASSWORD!!', 'P@ssw0rd2026!', '123password123'],
    ...['passwordpassword', 'PasswordPassword1', 'dragondragon', 'iloveyou12', '!!sunshine', 'Sunshine2026!'],
    ...['aaaaaaaaaaaa', 'abababababab', '1212121212', 'abcdefghijklm', '9876543210', 'klmnopqrstu'],
  ])('as one that is guessed first: %s', async (password) => {
    expect(await decide(password)).toBe('common')
  })

  it.each([
    ...['adakingsworth', 'Ada.Kingsworth1', 'kingsworth1815', 'ada.kingsworth@zahnradwerk.x', 'Kingsworth-Byron'],
    ...['parley12345', 'Parley!2026!', 'parleyparley', 'zahnradwerk2026'],
  ])('as little more than what everybody knows of them: %s', async (password) => {
    expect(await decide(password)).toBe('own')
  })
})

describe('good', () => {
  it.each([
    ...['a-long-test-password', 'parley-demo', 'correct horse battery staple', 'kingsworth likes tea', '8391047265'],
    ...['dragon8391047265', 'пароль-не-простой', 'zuper-geheim-wort', 'kX9#mQ2$vL'],
  ])('%s', async (password) => expect(await decide(password)).toBeUndefined())

  it('whatever is not known of them', async () => {
    expect(decidePassword('adakingsworth', {}, await commonPasswords())).toBeUndefined()
    expect(decidePassword('parley12345', {}, await commonPasswords())).toBe('own')
  })
})

describe('what is said of it', () => {
  it('stands in each language, with how long it may be', () => {
    for (const words of Object.values(passwordWords)) {
      expect(Object.values(words).every((text) => text.length > 20)).toBe(true)
      expect(words.length).toMatch(/10 .* 200/)
    }
    expect(passwordWords.de.own).not.toBe(passwordWords.en.own)
  })
})
