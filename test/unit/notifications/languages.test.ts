import { describe, expect, it } from 'vitest'
import { acceptedLanguage } from '#notifications/accepted-language'
import { chooseSpokenLanguage } from '#notifications/spoken-language'

describe('acceptedLanguage', () => {
  it.each([
    ['de-AT,de;q=0.9,en;q=0.8', 'de-AT'],
    ['en;q=0.2, fr;q=0.7, *;q=0.9', 'fr'],
    ['de;q=0,en', 'en'],
    ['*', null],
    ['', null],
    [null, null],
    ["de'; DROP TABLE users", null],
  ])('%j is %j', (header, language) => {
    expect(acceptedLanguage(header)).toBe(language)
  })
})

describe('chooseSpokenLanguage', () => {
  it.each([
    [['Deutsch', 'English'], 'de'],
    [['German'], 'de'],
    [['de-CH'], 'de'],
    [['Yoruba', ' english '], 'en'],
    [['Français'], null],
    [[], null],
  ] as const)('%j is written %j', (spoken, language) => {
    expect(chooseSpokenLanguage(spoken)).toBe(language)
  })
})
