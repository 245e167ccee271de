import { describe, expect, it } from 'vitest'
import { commonPasswords } from '#accounts/common-passwords'
import { decidePassword } from '#accounts/decide-password'

const owner = { email: 'Ada.Kingsworth@zahnradwerk.example', name: 'Ada Byron-Kingsworth' }
const decide = async (password: unknown) => decidePassword(password, owner, await commonPasswords())

describe('refused', () => {
  it.each(['short', 'x'.repeat(201), 1234567890, ''])('for its length: %s', async (password) => {
    expect(await decide(password)).toBe('Must be 10 to 200 characters long.')
  })

  it.each([
    ...['1234567890', 'qwertyuiop', 'password123', 'Password2026', 'PASSWORD!!', 'P@ssw0rd2026!', '123password123'],
    ...['passwordpassword', 'PasswordPassword1', 'dragondragon', 'iloveyou12', '!!sunshine', 'Sunshine2026!'],
    ...['aaaaaaaaaaaa', 'abababababab', '1212121212', 'abcdefghijklm', '9876543210', 'klmnopqrstu'],
  ])('as one that is guessed first: %s', async (password) => {
    expect(await decide(password)).toContain('Is among the passwords that are guessed first. Choose')
  })

  it.each([
    ...['adakingsworth', 'Ada.Kingsworth1', 'kingsworth1815', 'ada.kingsworth@zahnradwerk.x', 'Kingsworth-Byron'],
    ...['parley12345', 'Parley!2026!', 'parleyparley', 'zahnradwerk2026'],
  ])('as little more than what everybody knows of them: %s', async (password) => {
    expect(await decide(password)).toContain('Is little more than your name, your address or the name of this site')
  })
})

describe('good', () => {
  it.each([
    ...['a-long-test-password', 'parley-demo', 'correct horse battery staple', 'kingsworth likes tea', '8391047265'],
    ...['dragon8391047265', 'пароль-не-простой', 'zuper-geheim-wort', 'kX9#mQ2$vL'],
  ])('%s', async (password) => expect(await decide(password)).toBeUndefined())

  it('whatever is not known of them', async () => {
    expect(decidePassword('adakingsworth', {}, await commonPasswords())).toBeUndefined()
    expect(decidePassword('parley12345', {}, await commonPasswords())).toContain('the name of this site')
  })
})
