/** The text of a file of `src/extensions/migrations/`, in the form that Payload gives its own. */
export const renderMigration = ({ up, down }: { up: string[]; down: string[] }): string =>
  `import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db }: MigrateUpArgs): Promise<void> {
${renderStatements(up.map(allowRepeatedOption))}
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
${renderStatements(down)}
}
`

const renderStatements = (statements: string[]): string => `  await db.execute(sql\`
${statements
  .join('\n')
  .replace(/[\\`]|\$\{/g, '\\$&')
  .replace(/^(?=.)/gm, '    ')}
  \`)`

/**
 * Where the product has made a type anew, the extension's options are to be added again in the databases that had them, while
 * one that is made from nothing may still have them.
 */
const allowRepeatedOption = (statement: string): string =>
  statement.replace(/^(ALTER TYPE \S+ ADD VALUE) (?=')/, '$1 IF NOT EXISTS ')
