import { expect, it } from 'vitest'
import { renderMigration } from '#database/render-migration'

it('writes statements so that they reach the database as they are', () => {
  const text = renderMigration({
    up: [`ALTER TABLE "a" ALTER COLUMN "b" SET DEFAULT 'C:\\x \`y\` \${z}';`, 'SELECT 1;'],
    down: ['SELECT 2;'],
  })
  expect(text).toContain("SET DEFAULT 'C:\\\\x \\`y\\` \\${z}';\n    SELECT 1;")
})

it('adds an option that may be there already', () => {
  const text = renderMigration({ up: [`ALTER TYPE "public"."kind" ADD VALUE 'own' BEFORE 'a';`], down: [] })
  expect(text).toContain(`ALTER TYPE "public"."kind" ADD VALUE IF NOT EXISTS 'own' BEFORE 'a';`)
})
