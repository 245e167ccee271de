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

it('writes steps where a statement would lock a table that is there, and leaves new tables in one transaction', () => {
  const text = renderMigration({
    up: [
      'CREATE TABLE "notes" (\n"id" uuid PRIMARY KEY\n);',
      'ALTER TABLE "reviews" ADD COLUMN "note_id" uuid;',
      'ALTER TABLE "reviews" ADD CONSTRAINT "reviews_note_fk" FOREIGN KEY ("note_id") REFERENCES "public"."notes"("id") ON DELETE set null ON UPDATE no action;',
      'CREATE INDEX "notes_idx" ON "notes" USING btree ("id");',
      'CREATE UNIQUE INDEX "reviews_note_idx" ON "reviews" USING btree ("note_id");',
      'ALTER TABLE "reviews" ADD CONSTRAINT "reviews_key" UNIQUE("note_id");',
      'ALTER TABLE "reviews" ALTER COLUMN "rating" SET NOT NULL;',
    ],
    down: ['DROP INDEX "reviews_note_idx";'],
  })
  expect(text.replace(/\s+/g, ' ')).toBe(
    `import { addConstraint, addUnique, createIndex, dropIndex, inSteps, setNotNull, transaction } from '#database/migration-steps'
export const up = inSteps([
  transaction('part 1', \`
    CREATE TABLE "notes" ( "id" uuid PRIMARY KEY );
    ALTER TABLE "reviews" ADD COLUMN "note_id" uuid;
  \`),
  addConstraint(\`reviews\`, \`reviews_note_fk\`, \`FOREIGN KEY ("note_id") REFERENCES "public"."notes"("id") ON DELETE set null ON UPDATE no action\`),
  transaction('part 3', \`
    CREATE INDEX "notes_idx" ON "notes" USING btree ("id");
  \`),
  createIndex(\`reviews_note_idx\`, \`reviews\`, \`USING btree ("note_id")\`, { unique: true }),
  addUnique(\`reviews\`, \`reviews_key\`, \`("note_id")\`),
  setNotNull(\`reviews\`, \`rating\`),
])
export const down = inSteps([
  dropIndex(\`reviews_note_idx\`),
])
`.replace(/\s+/g, ' '),
  )
})
