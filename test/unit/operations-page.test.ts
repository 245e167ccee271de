import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { metricRows } from '#observability/metric-table'

let pages: string
let table: string
let settingsSource: string
let sample: string
let parley: string
let scripts: Record<string, string>
let paths: Record<string, Record<string, unknown>>

beforeAll(async () => {
  const read = (file: string) => readFile(file, 'utf8')
  const [operations, readme, settings, example, composition, manifest, openapi] = await Promise.all(
    [
      'docs/operations.md',
      'README.md',
      'src/settings.ts',
      '.env.example',
      'src/parley.ts',
      'package.json',
      'docs/generated/openapi.json',
    ].map(read),
  )
  pages = `${operations}\n${readme}`
  table = /## Settings\n([\s\S]*?)\n## /.exec(operations ?? '')?.[1] ?? ''
  settingsSource = settings ?? ''
  sample = example ?? ''
  parley = composition ?? ''
  ;({ scripts } = JSON.parse(manifest ?? '{}') as { scripts: Record<string, string> })
  ;({ paths } = JSON.parse(openapi ?? '{}') as { paths: Record<string, Record<string, unknown>> })
})

const unique = (values: Iterable<string>): string[] => [...new Set(values)].sort()

/** Read by what comes before the settings, or by the start alone. */
const besideSettings = ['DATA_DIR']
/** Of the containers of compose.yaml. */
const ofCompose = ['POSTGRES_PASSWORD', 'PARLEY_DATABASE_PASSWORD', 'PARLEY_OWNER_PASSWORD']
/** It lifts the checks of a production, so nobody is shown how. */
const hidden = ['PARLEY_DEMO']

const settingNames = (): string[] =>
  unique([
    ...[...settingsSource.matchAll(/^ {2}([A-Z][A-Z0-9_]+): /gm)].map(([, name = '']) => name),
    ...besideSettings,
  ])

describe('settings', () => {
  it('stand in the table, all of them and no other', () => {
    const listed = [...table.matchAll(/^\| ((?:`[A-Z0-9_]+`(?: ●)?,? ?)+)\|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`([A-Z0-9_]+)`/g)].map(([, name = '']) => name),
    )
    expect(settingNames().length).toBeGreaterThan(45)
    expect(unique(listed)).toEqual(settingNames())
  })

  it('stand in .env.example, all of them and no other', () => {
    const listed = [...sample.matchAll(/^#?([A-Z][A-Z0-9_]+)=/gm)].map(([, name = '']) => name)
    expect(unique(listed)).toEqual(unique([...settingNames().filter((name) => !hidden.includes(name)), ...ofCompose]))
  })

  it('that the text names are there', () => {
    const foreign = [
      ...[
        'STRIPE_CONTRACT_KEY',
        'STRIPE_CONTRACT_ACCOUNT',
        'PARLEY_PROPERTY_RUNS',
        'PARLEY_PROPERTY_SEED',
        'PARLEY_FUZZ_SEED',
      ],
      ...ofCompose,
      ...['REQUEST', 'SIGTERM'],
    ]
    const named = [...pages.matchAll(/`([A-Z][A-Z0-9]*_[A-Z0-9_]+)(?:=[^`]*)?`/g)].map(([, name = '']) => name)
    expect(unique(named).filter((name) => !settingNames().includes(name) && !foreign.includes(name))).toEqual([])
  })
})

describe('commands', () => {
  it('of npm are there', () => {
    const named = [...pages.matchAll(/npm run (?:--silent )?([a-z:]+)/g)].map(([, name = '']) => name)
    expect(unique(named).length).toBeGreaterThan(10)
    expect(unique(named).filter((name) => !(name in scripts))).toEqual([])
  })

  it('and files are there', async () => {
    const named = [...pages.matchAll(/`((?:src|test|deploy|docs|bench)\/[\w./()-]+\.\w+)`/g)].map(
      ([, file = '']) => file,
    )
    expect(named.length).toBeGreaterThan(5)
    const missing = await Promise.all(
      unique(named).map((file) =>
        readFile(file).then(
          () => [],
          () => [file],
        ),
      ),
    )
    expect(missing.flat()).toEqual([])
  })
})

describe('addresses', () => {
  /** `{RF-…}` and `{reference}` are one parameter each, whatever the document calls it. */
  const shape = (path: string): string => path.replace(/[?#].*$/, '').replace(/\{[^}]*\}/g, '{}')

  it('of the API are in its document, with their method', () => {
    const known = new Map(Object.entries(paths).map(([path, methods]) => [shape(path), Object.keys(methods)]))
    const named = [...pages.matchAll(/`(GET|POST|PATCH|DELETE) (\/api\/[^\s`]+)/g)]
    expect(named.length).toBeGreaterThan(15)
    const missing = named.flatMap(([, method = '', path = '']) =>
      known.get(shape(path))?.includes(method.toLowerCase()) ? [] : [`${method} ${path}`],
    )
    expect(missing).toEqual([])
  })

  it('of pages of the admin are there', () => {
    const named = [...pages.matchAll(/`\/admin(\/[a-z-]+)`/g)].map(([, path = '']) => path)
    expect(unique(named)).toEqual(['/money', '/operations', '/payouts', '/storage'])
    expect(unique(named).filter((path) => !parley.includes(`path: '${path}'`))).toEqual([])
  })
})

it('metrics that are named are there', () => {
  // Roles of PostgreSQL are named like them.
  const known = [...metricRows.map(({ name }) => String(name)), 'parley_app', 'parley_owner']
  const named = [...pages.matchAll(/`(parley_[a-z_]+)/g)].map(([, name = '']) => name)
  expect(named.length).toBeGreaterThan(0)
  expect(unique(named).filter((name) => !known.includes(name))).toEqual([])
})
