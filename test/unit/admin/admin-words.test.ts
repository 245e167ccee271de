import { renderToStaticMarkup } from 'react-dom/server'
import { createElement } from 'react'
import { expect, it } from 'vitest'
import { adminWords } from '../../../src/app/(payload)/admin-components/words/admin-words'
import { germanAccount } from '../../../src/app/(payload)/admin-components/words/german-account'
import { germanCalendar } from '../../../src/app/(payload)/admin-components/words/german-calendar'
import { germanLists } from '../../../src/app/(payload)/admin-components/words/german-lists'
import { germanMoney } from '../../../src/app/(payload)/admin-components/words/german-money'
import { germanOperations } from '../../../src/app/(payload)/admin-components/words/german-operations'
import { germanSessions } from '../../../src/app/(payload)/admin-components/words/german-sessions'
import { germanToday } from '../../../src/app/(payload)/admin-components/words/german-today'

const tables = [germanAccount, germanCalendar, germanLists, germanMoney, germanOperations, germanSessions, germanToday]
const rows = tables.flatMap((table) => Object.entries(table))

const namesIn = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort()

it('German puts in what English does', () => {
  expect(rows.length).toBeGreaterThan(400)
  expect(rows.filter(([en, de]) => namesIn(en).join() !== namesIn(de).join())).toEqual([])
})

it('no text has German twice', () => {
  const texts = rows.map(([en]) => en)
  expect(texts.filter((text, index) => texts.indexOf(text) < index)).toEqual([])
})

it('German is not the English, but for words that are the same', () => {
  expect(rows.flatMap(([en, de]) => (en === de ? [en] : []))).toEqual(['Name'])
})

it('says what it is told in the language of the user, English for all others', () => {
  expect(adminWords('de').say('{count} days', { count: 3 })).toBe('3 Tage')
  expect(adminWords('fr').say('{count} days', { count: 3 })).toBe('3 days')
})

it('weaves elements into sentences whose order is another one', () => {
  const when = createElement('b', null, '4')
  const said = adminWords('de').weave('Last answered {when}', { when })
  expect(renderToStaticMarkup(said)).toBe('Letzte Antwort <b>4</b>')
})

it('writes amounts as in the language', () => {
  const [english, german] = [adminWords('en'), adminWords('de')].map(({ money }) => money(12_345, 'GBP'))
  expect(english).toBe('£123.45')
  expect(german?.replace(/\s/, ' ')).toBe('123,45 £')
})

it('an option is called what it is called in the language, what has one name by it, and what is unknown by its value', () => {
  const { optionLabel } = adminWords('de')
  const options = [
    { value: 'on', label: { en: 'On', de: 'An' } },
    { value: 'zoom', label: 'Zoom' },
  ]
  expect(['on', 'zoom', 'off'].map((value) => optionLabel(options, value))).toEqual(['An', 'Zoom', 'off'])
})
