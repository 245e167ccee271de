import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { decideAudit } from '../../../.ci/decide-audit'

/** As npm 11 prints it. */
const clean = JSON.stringify({
  auditReportVersion: 2,
  vulnerabilities: {},
  metadata: { vulnerabilities: { info: 0, low: 0, moderate: 0, high: 0, critical: 0, total: 0 } },
})
const semver = {
  source: 1101088,
  name: 'semver',
  dependency: 'semver',
  title: 'semver vulnerable to Regular Expression Denial of Service',
  url: 'https://github.com/advisories/GHSA-c2qf-rxjj-qqgw',
  severity: 'high',
  cwe: ['CWE-1333'],
  cvss: { score: 7.5, vectorString: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H' },
  range: '>=7.0.0 <7.5.2',
}
const found = JSON.stringify({
  auditReportVersion: 2,
  vulnerabilities: {
    semver: {
      ...{ name: 'semver', severity: 'high', isDirect: false, via: [semver], effects: ['simple-update-notifier'] },
      ...{ range: '7.0.0 - 7.5.1', nodes: ['node_modules/semver'], fixAvailable: true },
    },
    'simple-update-notifier': {
      ...{ name: 'simple-update-notifier', severity: 'high', isDirect: true, via: ['semver'], effects: [] },
      ...{ range: '1.0.7 - 1.1.0', nodes: ['node_modules/simple-update-notifier'], fixAvailable: true },
    },
  },
  metadata: { vulnerabilities: { info: 0, low: 0, moderate: 0, high: 2, critical: 0, total: 2 } },
})
/** Where the registry knows no audits, and where it cannot be reached. */
const silent = [
  JSON.stringify({
    message: '405 Method Not Allowed - POST https://registry.npmjs.org/-/npm/v1/security/advisories/bulk',
    method: 'POST',
    statusCode: 405,
    body: '',
    error: { summary: '', detail: '' },
  }),
  JSON.stringify({
    message:
      'request to https://registry.npmjs.org/-/npm/v1/security/audits/quick failed, reason: getaddrinfo ENOTFOUND',
    error: { summary: '', detail: '' },
  }),
  '',
  'npm error',
]

const today = '2026-12-01'
const exception = {
  advisory: 'GHSA-c2qf-rxjj-qqgw',
  package: 'semver',
  reason: 'Ranges are never taken from anybody outside.',
  expires: '2027-01-31',
}
const list = (...exceptions: object[]) => JSON.stringify(exceptions)

describe('packages of production', () => {
  it('pass where nothing is known against them', () => {
    expect(decideAudit(clean, '[]', today)).toEqual({ failures: [], notes: [] })
  })

  it('fail for each advisory, once, with where to read of it', () => {
    expect(decideAudit(found, '[]', today).failures).toEqual([
      'semver (high): semver vulnerable to Regular Expression Denial of Service, https://github.com/advisories/GHSA-c2qf-rxjj-qqgw',
    ])
  })

  it('pass with an exception, which is shown each time', () => {
    const { failures, notes } = decideAudit(found, list(exception), today)
    expect(failures).toEqual([])
    expect(notes).toEqual([
      'Until 2027-01-31 semver is let pass with GHSA-c2qf-rxjj-qqgw: Ranges are never taken from anybody outside.',
    ])
  })

  it.each(silent)('are not judged where the registry does not answer: %j', (answer) => {
    const { failures, notes } = decideAudit(answer, '[]', today)
    expect(failures).toEqual([])
    expect(notes).toEqual(['The registry did not say whether there are known vulnerabilities.'])
  })
})

describe('an exception', () => {
  it('holds through its last day, and fails after it, whatever the registry says', () => {
    const last = list({ ...exception, expires: today })
    expect(decideAudit(found, last, today).failures).toEqual([])
    for (const audit of [found, clean, ...silent]) {
      expect(decideAudit(audit, last, '2026-12-02').failures[0]).toContain('has expired on 2026-12-01')
    }
  })

  it('is for one advisory of one package', () => {
    for (const other of [{ package: 'other' }, { advisory: 'GHSA-2222-2222-2222' }]) {
      const { failures, notes } = decideAudit(found, list({ ...exception, ...other }), today)
      expect(failures).toHaveLength(1)
      expect(notes[0]).toContain('is not met any more')
    }
  })

  it('that is not needed is reported, and fails nothing', () => {
    const { failures, notes } = decideAudit(clean, list(exception), today)
    expect(failures).toEqual([])
    expect(notes).toEqual(['GHSA-c2qf-rxjj-qqgw of semver is not met any more: take it out of audit-exceptions.json.'])
  })

  it.each<[string, object, string]>([
    ['without a reason', { reason: ' '.repeat(30) }, '0.reason'],
    ['without a date', { expires: undefined }, '0.expires'],
    ['with no date', { expires: '2026-02-30' }, '0.expires'],
    ['for no advisory', { advisory: 'CVE-2026-1' }, '0.advisory'],
    ['with what nobody reads', { until: 'then' }, 'until'],
    ['for ever', { expires: '2027-06-01' }, 'at most'],
  ])('%s is refused', (_what, change, named) => {
    expect(decideAudit(clean, list({ ...exception, ...change }), today).failures.join()).toContain(named)
  })

  it('is read from a list alone', () => {
    for (const listed of ['', '{}', '[1]', 'x']) {
      expect(decideAudit(clean, listed, today).failures[0]).toContain('audit-exceptions.json')
    }
  })

  it('of the product is well formed, and not over', async () => {
    const own = await readFile('audit-exceptions.json', 'utf8')
    expect(decideAudit('', own, new Date().toISOString().slice(0, 10)).failures).toEqual([])
  })
})
