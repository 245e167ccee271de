/**
 * The text of a migration, from the statements that drizzle makes: in the form that Payload gives its own, or in steps where a
 * statement would lock a table that is there for long.
 */
export const renderMigration = ({ up, down }: { up: string[]; down: string[] }): string => {
  const [there, back] = [toSteps(up.map(allowRepeatedOption)), toSteps(down)]
  const helpers = [...new Set([...there, ...back].map(({ helper }) => helper))].sort()
  if (helpers.join() === 'transaction' || !helpers.length) return renderPlain({ up: up.map(allowRepeatedOption), down })
  return `import { ${[...helpers, 'inSteps'].sort().join(', ')} } from '#database/migration-steps'

export const up = inSteps([${there.map(renderStep).join('')}
])

export const down = inSteps([${back.map(renderStep).join('')}
])
`
}

const renderPlain = ({ up, down }: { up: string[]; down: string[] }): string =>
  `import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db }: MigrateUpArgs): Promise<void> {
${renderStatements(up)}
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
${renderStatements(down)}
}
`

const renderStatements = (statements: string[]): string => `  await db.execute(sql\`
${indent(statements)}
  \`)`

const indent = (statements: string[]): string => escape(statements.join('\n')).replace(/^(?=.)/gm, '    ')

const escape = (text: string): string => text.replace(/[\\`]|\$\{/g, '\\$&')

/** A call of a helper of `migration-steps.ts`, with its arguments as texts; or statements in one transaction. */
type Step = { helper: string; args: string[]; options?: string } | { helper: 'transaction'; statements: string[] }

const renderStep = (step: Step, index: number): string => {
  if ('statements' in step) return `\n  transaction('part ${index + 1}', \`\n${indent(step.statements)}\n  \`),`
  const args = step.args.map((arg) => `\`${escape(arg)}\``)
  return `\n  ${step.helper}(${[...args, ...(step.options ? [step.options] : [])].join(', ')}),`
}

const table = String.raw`(?:"public"\.)?"([^"]+)"`

/** How drizzle writes what locks for long, and what to write instead. */
const translations: {
  pattern: RegExp
  step: (found: RegExpExecArray) => Step
  on: (found: RegExpExecArray) => string
}[] = [
  {
    pattern: new RegExp(`^CREATE (UNIQUE )?INDEX "([^"]+)" ON ${table} ([^;]+);?$`),
    on: ([, , , name = '']) => name,
    step: ([, unique, index = '', name = '', definition = '']) => ({
      helper: 'createIndex',
      args: [index, name, definition],
      ...(unique && { options: '{ unique: true }' }),
    }),
  },
  {
    pattern: /^DROP INDEX (?:"public"\.)?"([^"]+)";?$/,
    on: () => '',
    step: ([, index = '']) => ({ helper: 'dropIndex', args: [index] }),
  },
  {
    pattern: new RegExp(`^ALTER TABLE ${table} ADD CONSTRAINT "([^"]+)" ((?:FOREIGN KEY|CHECK)[^;]+);?$`),
    on: ([, name = '']) => name,
    step: ([, name = '', constraint = '', definition = '']) => ({
      helper: 'addConstraint',
      args: [name, constraint, definition],
    }),
  },
  {
    pattern: new RegExp(`^ALTER TABLE ${table} ADD CONSTRAINT "([^"]+)" UNIQUE\\s?(\\([^;]+\\));?$`),
    on: ([, name = '']) => name,
    step: ([, name = '', constraint = '', columns = '']) => ({
      helper: 'addUnique',
      args: [name, constraint, columns],
    }),
  },
  {
    pattern: new RegExp(`^ALTER TABLE ${table} ALTER COLUMN "([^"]+)" SET NOT NULL;?$`),
    on: ([, name = '']) => name,
    step: ([, name = '', column = '']) => ({ helper: 'setNotNull', args: [name, column] }),
  },
]

/** In their order: what is no matter for a table that is there stays together in transactions. */
const toSteps = (statements: string[]): Step[] => {
  const made = new Set(
    statements.flatMap((statement) => new RegExp(`^CREATE TABLE ${table}`).exec(statement)?.[1] ?? []),
  )
  const steps: Step[] = []
  for (const statement of statements) {
    const step = translate(statement.trim(), made)
    const last = steps.at(-1)
    if (step) steps.push(step)
    else if (last && 'statements' in last) last.statements.push(statement)
    else steps.push({ helper: 'transaction', statements: [statement] })
  }
  return steps
}

const translate = (statement: string, made: ReadonlySet<string>): Step | undefined => {
  for (const { pattern, on, step } of translations) {
    const found = pattern.exec(statement)
    if (found) return made.has(on(found)) ? undefined : step(found)
  }
  return undefined
}

/**
 * Where the product has made a type anew, the extension's options are to be added again in the databases that had them, while
 * one that is made from nothing may still have them.
 */
const allowRepeatedOption = (statement: string): string =>
  statement.replace(/^(ALTER TYPE \S+ ADD VALUE) (?=')/, '$1 IF NOT EXISTS ')
