import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { bareTexts } from '../../support/bare-texts'

const app = path.resolve(import.meta.dirname, '../../../src/app')

const componentsIn = (folder: string): string[] =>
  readdirSync(path.join(app, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tsx'))
    .map((file) => path.join(folder, file))

const saidIn = (file: string): string[] =>
  bareTexts(file, readFileSync(path.join(app, file), 'utf8')).map((text) => `${file}: ${text}`)

test('no page of the site says anything that is not in the tables of words, which every language has', () => {
  const files = ['(site)', '(account)', '_factors'].flatMap(componentsIn)
  expect(files.length).toBeGreaterThan(70)
  expect(files.flatMap(saidIn)).toEqual([])
})

test('no component of the admin does', () => {
  const files = componentsIn('(payload)')
  expect(files.length).toBeGreaterThan(70)
  expect(files.flatMap(saidIn)).toEqual([
    '(payload)/admin-components/calendar/add-calendar.tsx: https://…/calendar.ics',
    '(payload)/admin-components/payment/timeline.tsx: Stripe',
  ])
})

test.each([
  ['<p>Hello</p>', 'Hello'],
  ["<p>{isOld ? 'Old' : words.fresh}</p>", 'Old'],
  ['<img alt="A face" />', 'A face'],
  ['<a aria-label={`Remove ${name}`}>×</a>', '`Remove ${name}`'],
  ['<p>{`Since ${when}`}</p>', '`Since ${when}`'],
])('%s is found', (page, text) => {
  expect(bareTexts('a.tsx', `export const A = () => ${page}`)).toEqual([text])
})

test.each(['<p className="lead">{words.hello}: {name}</p>', "<b className={isOn ? 'on' : 'off'}>({n})</b>"])(
  '%s is no text of its own',
  (page) => {
    expect(bareTexts('a.tsx', `export const A = () => ${page}`)).toEqual([])
  },
)
