import { parse } from 'libpg-query'
import type { LockFinding, LockRule } from './lock-rules'

/** A node of PostgreSQL's own parse tree: `{ UpdateStmt: { … } }`. */
type Node = { readonly [key: string]: unknown }

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Every part of a statement that stands under a name of its own, also those in WITH and below. */
const listNodes = (value: unknown): [string, Node][] => {
  if (Array.isArray(value)) return value.flatMap(listNodes)
  if (!isNode(value)) return []
  return Object.entries(value).flatMap(([name, part]) => [
    ...(isNode(part) ? ([[name, part]] as [string, Node][]) : []),
    ...listNodes(part),
  ])
}

const nameOf = (relation: unknown): string => {
  if (!isNode(relation)) return ''
  const schema = typeof relation.schemaname === 'string' ? relation.schemaname : 'public'
  return `${schema}.${String(relation.relname)}`
}

const changes: Readonly<Record<string, string>> = {
  UpdateStmt: 'UPDATE',
  DeleteStmt: 'DELETE',
  MergeStmt: 'MERGE',
}

const rebuilds: Readonly<Record<string, string>> = {
  ReindexStmt: 'REINDEX',
  ClusterStmt: 'CLUSTER',
  VacuumStmt: 'VACUUM',
  RefreshMatViewStmt: 'REFRESH MATERIALIZED VIEW',
}

const judge = ([kind, node]: [string, Node], existing: ReadonlySet<string>): LockFinding[] => {
  const finding = (rule: LockRule, detail: string): LockFinding[] => [{ rule, detail }]
  const table = nameOf(node.relation)
  const change = changes[kind]
  if (change !== undefined && existing.has(table)) return finding('writes-rows', `${change} ${table}`)
  // Rows that stand in the statement are few.
  const isInsertOfQuery = kind === 'InsertStmt' && existing.has(table) && !hasOnlyValues(node.selectStmt)
  if (isInsertOfQuery) return finding('writes-rows', `INSERT INTO ${table} … SELECT`)
  if (kind === 'TruncateStmt') return finding('writes-rows', 'TRUNCATE')
  if (kind === 'LockStmt') return finding('locks-table', 'LOCK TABLE')
  if (kind === 'DoStmt') return finding('hides-statements', 'DO')
  const rebuild = rebuilds[kind]
  return rebuild === undefined ? [] : finding('rebuilds', rebuild)
}

const hasOnlyValues = (select: unknown): boolean =>
  isNode(select) && isNode(select.SelectStmt) && Array.isArray(select.SelectStmt.valuesLists)

/**
 * What PostgreSQL's own parser says about statements: which of them break a rule by what they are.
 * @param existing the tables that were there before, with their schema
 */
export const readStatements = async (text: string, existing: ReadonlySet<string>): Promise<LockFinding[]> => {
  const tree: unknown = await parse(text)
  return listNodes(tree).flatMap((node) => judge(node, existing))
}
