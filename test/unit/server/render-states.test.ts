import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { sessionStateNames } from '#sessions/session-states'
import { renderStates } from '#server/render-states'

test('the page of states in docs is the one that the tables say (else: npm run generate:docs)', async () => {
  expect(await readFile('docs/generated/states.md', 'utf8')).toBe(renderStates())
})

test('every state of a session has its row, and a way into it or a beginning', () => {
  const page = renderStates()
  for (const name of sessionStateNames) {
    expect(page).toContain(`| \`${name}\` | `)
    expect(page, `a way to ${name}`).toMatch(new RegExp(`\\| (\\(new\\)|\`\\w+\`) \\| \`${name}\` \\|`))
  }
})
