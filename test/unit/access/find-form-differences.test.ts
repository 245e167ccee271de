import type { FlattenedField } from 'payload'
import { expect, it } from 'vitest'
import { findFormDifferences } from '#hooks/shared/find-form-differences'

const field = (one: Record<string, unknown>) => one as unknown as FlattenedField

const fields = [
  field({ name: 'id', type: 'text' }),
  field({ name: 'name', type: 'text', label: 'Name' }),
  field({ name: 'isActive', type: 'checkbox', label: 'Is Active' }),
  field({ name: 'at', type: 'date', label: 'At' }),
  field({ name: 'owner', type: 'relationship', label: 'Owner' }),
  field({ name: 'state', type: 'select', label: 'State', options: [{ value: 'on', label: 'Switched on' }] }),
  field({
    name: 'rows',
    type: 'array',
    label: 'Rows',
    flattenedFields: [field({ name: 'owner', type: 'relationship' })],
  }),
  field({ name: 'place', type: 'group', flattenedFields: [field({ name: 'city', type: 'text', label: 'City' })] }),
]

const i18n = { language: 'en', fallbackLanguage: 'en', t: () => '' }

it('what means the same is no difference', () => {
  expect(
    findFormDifferences(fields, {
      sent: {
        id: 'x',
        name: '',
        at: '2026-01-01T00:00:00Z',
        owner: { id: 'o' },
        rows: [{ owner: { id: 'o' } }],
        place: {},
      },
      i18n,
      stored: { id: 'y', name: null, at: '2026-01-01T00:00:00.000Z', owner: 'o', rows: [{ owner: 'o', note: null }] },
    }),
  ).toEqual([])
})

it('each other one is named in the words of its field', () => {
  const differences = findFormDifferences(fields, {
    sent: { name: 'a'.repeat(80), isActive: true, state: 'on', rows: [], place: { city: 'Rome' } },
    i18n,
    stored: { name: 'b', isActive: false, state: null, rows: [{ owner: 'o' }], place: { city: '' } },
  })
  expect(differences).toEqual([
    { path: 'name', label: 'Name', mine: `“${'a'.repeat(60)}…”`, theirs: '“b”' },
    { path: 'isActive', label: 'Is Active', mine: 'yes', theirs: 'no' },
    { path: 'state', label: 'State', mine: '“Switched on”', theirs: 'nothing' },
    { path: 'rows', label: 'Rows', mine: 'nothing', theirs: 'other entries' },
    { path: 'place.city', label: 'City', mine: '“Rome”', theirs: 'nothing' },
  ])
})

it('what was not sent, or is not to be read, is not compared', () => {
  expect(findFormDifferences(fields, { sent: { name: 'a' }, stored: { isActive: true }, i18n })).toEqual([])
})

it('says it in the language of whoever reads it, field and value alike', () => {
  const state = field({
    name: 'state',
    type: 'select',
    label: { en: 'State', de: 'Status' },
    options: [{ value: 'on', label: { en: 'Switched on', de: 'Eingeschaltet' } }],
  })
  expect(
    findFormDifferences([state], { sent: { state: 'on' }, stored: { state: null }, i18n: { ...i18n, language: 'de' } }),
  ).toEqual([{ path: 'state', label: 'Status', mine: '“Eingeschaltet”', theirs: 'nichts' }])
})
