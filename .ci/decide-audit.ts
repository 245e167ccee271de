import { z } from 'zod'

/** How long an exception may stand: what is not mended by then is decided anew. */
export const longestExceptionDays = 180

const exceptions = z.array(
  z.strictObject({
    advisory: z
      .string()
      .regex(/^(GHSA(-[23456789cfghjmpqrvwx]{4}){3}|\d+)$/, 'must be the id of an advisory, as in GHSA-xxxx-xxxx-xxxx'),
    package: z.string().min(1),
    reason: z.string().trim().min(20, 'must say why it does no harm here, or what is waited for'),
    expires: z.iso.date(),
  }),
)

const advisory = z.object({
  source: z.number(),
  name: z.string(),
  title: z.string(),
  url: z.string(),
  severity: z.string(),
})

/** What `npm audit --json` prints where the registry has answered; a package that is touched by way of another names it alone. */
const report = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(z.string(), z.object({ via: z.array(z.union([z.string(), advisory])) })),
})

type Exception = z.output<typeof exceptions>[number]
type Found = { id: string; package: string; title: string; severity: string; url: string }

export type AuditVerdict = { failures: string[]; notes: string[] }

/**
 * Whether production may be built of what is installed.
 * @param audit what `npm audit --omit=dev --json` printed.
 * @param listed the content of `audit-exceptions.json`.
 * @param today as `2026-12-01`; an exception holds through the day on which it expires.
 */
export const decideAudit = (audit: string, listed: string, today: string): AuditVerdict => {
  const known = readExceptions(listed)
  if (typeof known === 'string') return { failures: [known], notes: [] }
  const found = readFound(audit)
  const failures = known.flatMap((exception) => findExceptionFault(exception, today) ?? [])
  if (!found) return { failures, notes: ['The registry did not say whether there are known vulnerabilities.'] }
  const isListed = (one: Found) => known.some((each) => each.advisory === one.id && each.package === one.package)
  return {
    failures: [
      ...failures,
      ...found
        .filter((one) => !isListed(one))
        .map(({ package: name, severity, title, url }) => `${name} (${severity}): ${title}, ${url}`),
    ],
    notes: known.flatMap((each) =>
      found.some((one) => each.advisory === one.id && each.package === one.package)
        ? [`Until ${each.expires} ${each.package} is let pass with ${each.advisory}: ${each.reason}`]
        : [`${each.advisory} of ${each.package} is not met any more: take it out of audit-exceptions.json.`],
    ),
  }
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const readExceptions = (listed: string): Exception[] | string => {
  const parsed = exceptions.safeParse(parse(listed))
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`)
  return `audit-exceptions.json: ${faults.join('; ')}`
}

const findExceptionFault = ({ advisory: id, package: name, expires }: Exception, today: string): string | undefined => {
  if (expires < today) return `The exception for ${id} of ${name} has expired on ${expires}: mend it, or decide anew.`
  const days = (Date.parse(expires) - Date.parse(today)) / 86_400_000
  if (days <= longestExceptionDays) return undefined
  return `The exception for ${id} of ${name} may stand for ${longestExceptionDays} days at most, not until ${expires}.`
}

/** Each advisory of each package once; undefined where the registry gave no answer. */
const readFound = (audit: string): Found[] | undefined => {
  const parsed = report.safeParse(parse(audit))
  if (!parsed.success) return undefined
  const all = Object.values(parsed.data.vulnerabilities).flatMap(({ via }) =>
    via.flatMap((each) => (typeof each === 'string' ? [] : [toFound(each)])),
  )
  return [...new Map(all.map((one) => [`${one.id} ${one.package}`, one])).values()]
}

const toFound = ({ source, name, title, url, severity }: z.output<typeof advisory>): Found => ({
  id: /GHSA(?:-\w{4}){3}/.exec(url)?.[0] ?? String(source),
  package: name,
  title,
  severity,
  url,
})
