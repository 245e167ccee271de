import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import openapiTypescript, { astToString, type OpenAPI3 } from 'openapi-typescript'
import { renderBounds } from './render-bounds'
import { renderDashboard } from './render-dashboard'
import { renderEvents } from './render-events'
import { renderMetrics } from './render-metrics'
import { renderStates } from './render-states'

/** Writes every page that is made from code. */
const pages = {
  'docs/generated/states.md': renderStates,
  'docs/generated/events.md': renderEvents,
  'docs/generated/metrics.md': renderMetrics,
  'docs/generated/bounds.md': renderBounds,
  'deploy/grafana/dashboard.json': renderDashboard,
}
for (const [page, render] of Object.entries(pages)) {
  await writeFile(path.resolve(page), render())
  process.stdout.write(`Wrote ${page}\n`)
}

const [{ default: config }, { buildOpenapi }, { operationsOf }] = await Promise.all([
  import('../../payload.config'),
  import('#endpoints/support/openapi'),
  import('#endpoints/support/operations-of'),
])
const target = 'docs/generated/openapi.json'
const document = `${JSON.stringify(buildOpenapi(operationsOf(await config)), null, 2)}\n`
await writeFile(path.resolve(target), document)
process.stdout.write(`Wrote ${target}\n`)

/** Types and lint may be reading it at this moment: it is only written when it changes. */
const types = path.resolve('src/app/_api/openapi-types.ts')
const nodes = await openapiTypescript(JSON.parse(document) as OpenAPI3)
const content = `/* eslint-disable */\n// Written by \`npm run generate:docs\` from docs/generated/openapi.json. Do not edit.\n\n${astToString(nodes)}`
if ((await readFile(types, 'utf8').catch(() => '')) !== content) await writeFile(types, content)
process.stdout.write(`Wrote ${path.relative('', types)}\n`)
