import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

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
