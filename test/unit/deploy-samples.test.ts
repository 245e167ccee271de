import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { heapFlags } from '#server/heap-flags'

const units = readdirSync('deploy/systemd').map(
  (name) => [name, readFileSync(`deploy/systemd/${name}`, 'utf8')] as const,
)

describe('the units of systemd', () => {
  it.each(units)('%s: the file of settings cannot change what the unit decides', (_, unit) => {
    expect(unit).toMatch(/^EnvironmentFile=/m)
    expect(unit).not.toMatch(/^Environment=/m)
    expect(unit).toMatch(/^ExecStart=\/usr\/bin\/env NODE_ENV=production /m)
  })

  it.each(units.filter(([, unit]) => unit.includes('Restart=always')))('%s is never given up', (_, unit) => {
    expect(unit).toMatch(/^StartLimitIntervalSec=0$/m)
  })
})

it('PostgreSQL of the sample is healthy when it answers over TCP, not while it is being made', () => {
  expect(readFileSync('compose.yaml', 'utf8')).toContain('pg_isready -h 127.0.0.1')
})

describe('the rolling restart', () => {
  it.each([
    [[], 'at least two web processes'],
    [['3001'], 'at least two web processes'],
    [['3001', '3001'], 'Say each port once.'],
    [['3001', '../../etc'], '"../../etc" is no port.'],
  ])('refuses %j', (ports, reason) => {
    const { status, stderr } = spawnSync(resolve('deploy', 'rolling-restart.sh'), ports, {
      encoding: 'utf8',
      env: { ...process.env, FLAGS: '/nonexistent/never-made' },
    })
    expect([status, stderr]).toEqual([2, expect.stringContaining(reason)])
  })
})

/** What is for a checkout with the packages for development. */
const forDevelopment = ['dev', 'build', 'migrate:create', 'generate:docs', 'bench']

describe('what starts our scripts', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
  const commands = [
    ...Object.entries(scripts).filter(([name]) => !forDevelopment.includes(name)),
    ...units.flatMap(([name, unit]) =>
      [...unit.matchAll(/^ExecStart=(.*)$/gm)].map(([, line]) => [name, line] as const),
    ),
    ...[...readFileSync('compose.yaml', 'utf8').matchAll(/command: \[(node.*)\]/g)].map(
      ([, line = '']) => ['compose.yaml', line.replaceAll(',', '')] as const,
    ),
    ...[...readFileSync('Dockerfile', 'utf8').matchAll(/^CMD \[(.*)\]/gm)].map(
      ([, line = '']) => ['Dockerfile', line.replaceAll(/[",]+/g, '')] as const,
    ),
  ].filter((command): command is [string, string] => /src\/\S+\.ts/.test(command[1] ?? ''))

  it('takes what was compiled, as nothing in the image reads TypeScript', () => {
    expect(commands.length).toBeGreaterThanOrEqual(14)
    for (const [name, line] of commands) {
      expect(`${name}: ${line}`).toMatch(/node (--\S+ )*src\/server\/run\.mjs src\/\S+\.ts/)
    }
  })

  it('bounds the memory of web processes and workers', () => {
    const longRunning = commands.filter(([, line]) => /src\/server\/(web|worker)\.ts/.test(line))
    expect(longRunning.length).toBeGreaterThanOrEqual(6)
    for (const [name, line] of longRunning) expect(`${name}: ${line}`).toContain(`node ${heapFlags.join(' ')} src/`)
  })
})
