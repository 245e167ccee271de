import { access, readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { renderSecurityText } from '#server/security-text'
import { asvsLevel2 } from '../support/asvs-level-2'

type Row = { ids: string[]; state: string; shown: string }

let rows: Row[]
let pages: string

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  )

beforeAll(async () => {
  const [asvs = '', security = ''] = await Promise.all(
    ['docs/security-asvs.md', 'docs/security.md'].map((file) => readFile(file, 'utf8')),
  )
  pages = asvs + security
  rows = [...asvs.matchAll(/^\| (V[\d., V]+) \| .+? \| (.+?) \| (.+) \|$/gm)].map(
    ([, ids = '', state = '', shown = '']) => ({
      ids: ids.split(', '),
      state,
      shown,
    }),
  )
})

describe('the table of the ASVS', () => {
  it('has each requirement of levels 1 and 2 once', () => {
    expect(asvsLevel2.length).toBeGreaterThan(200)
    expect(rows.flatMap(({ ids }) => ids).toSorted()).toEqual(asvsLevel2.toSorted())
  })

  it('says of each how it stands, and shows or explains it', () => {
    for (const { ids, state, shown } of rows) {
      expect(['met', 'in part', '**not met**', 'does not apply'], ids.join()).toContain(state)
      expect(shown.length, ids.join()).toBeGreaterThan(4)
    }
  })
})

it('what the pages about security name is there', async () => {
  const files = [...pages.matchAll(/`((?:test|src|deploy|endpoints|collections|docs)\/[\w./-]+\.\w+)`/g)].map(
    ([, file = '']) => file,
  )
  expect(files.length).toBeGreaterThan(100)
  const missing = []
  for (const file of new Set(files)) if (!(await isThere(file))) missing.push(file)
  expect(missing).toEqual([])
})

it('security.txt runs out within a year, and is the same all day long', () => {
  const text = (now: string) =>
    renderSecurityText({ contact: 'mailto:a@b.example', serverUrl: 'https://b.example', now: Date.parse(now) })
  expect(text('2026-12-01T00:00:00Z')).toBe(
    [
      'Contact: mailto:a@b.example',
      'Expires: 2027-03-01T00:00:00.000Z',
      'Preferred-Languages: en, de',
      'Canonical: https://b.example/.well-known/security.txt',
      '',
    ].join('\n'),
  )
  expect(text('2026-12-01T23:59:59Z')).toBe(text('2026-12-01T00:00:00Z'))
})
