import { pathToFileURL } from 'node:url'
import { drizzle } from '@payloadcms/db-postgres/drizzle/node-postgres'
import type pg from 'pg'
import type { MigrationFile } from '#database/migration-files'
import type { AllowedRules, MigrationStep } from '#database/migration-steps'
import { judgeTransaction } from './judge-transaction'
import { type LockFinding, lockRules } from './lock-rules'

type MigrationModule = {
  up: ((args: { db: unknown }) => Promise<void>) & { steps?: readonly MigrationStep[] }
  allowed?: AllowedRules
}

const isModule = (value: unknown): value is MigrationModule =>
  typeof value === 'object' && value !== null && 'up' in value && typeof value.up === 'function'

/**
 * Runs a migration on `client`, whose database has those before it, and says in sentences what it must not do. Exceptions stand in the
 * migration with their reason: `allowed` of a step, or what a migration without steps exports by that name.
 * @param lastReleased the newest migration of the last release
 */
export const judgeMigration = async (
  client: pg.Client,
  { name, file }: MigrationFile,
  { lastReleased }: { lastReleased: string },
): Promise<string[]> => {
  const module: unknown = await import(pathToFileURL(file).href)
  if (!isModule(module)) return [`${name} exports no function up.`]
  const { up, allowed } = module
  if (!up.steps) {
    const found = await judgeTransaction(client, (recorded) => up({ db: drizzle(recorded) }), { keep: true })
    return describe(name, found, allowed)
  }
  const said: string[] = []
  for (const step of up.steps) {
    const where = `${name}, ${step.name}`
    if (step.kind === 'create-index' || step.kind === 'drop-index') await client.query(step.sql)
    if (step.kind !== 'transaction') continue
    const found = await judgeTransaction(client, (recorded) => recorded.query(step.sql), { keep: true })
    said.push(...describe(where, found, step.allowed))
    if (step.unusedSince !== undefined && step.unusedSince > lastReleased) {
      said.push(
        `${where}: what it takes away is unused since ${step.unusedSince}, which no release has yet. The last one has ${lastReleased}.`,
      )
    }
  }
  return said
}

const describe = (where: string, found: LockFinding[], allowed: AllowedRules = {}): string[] => {
  const broken = found
    .filter(({ rule }) => !allowed[rule]?.trim())
    .map(({ rule, detail }) => {
      const { because, instead } = lockRules[rule]
      return `${where} breaks ${rule} (${detail}). ${because} Instead: ${instead}`
    })
  const idle = Object.keys(allowed).filter((rule) => !found.some((one) => one.rule === rule))
  return [...broken, ...idle.map((rule) => `${where} allows ${rule}, which it does not break.`)]
}
