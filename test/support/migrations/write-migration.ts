import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { MigrationFile } from '#database/migration-files'
import { createTemporaryFolder } from '../temporary-folder'

const helpers = path.resolve('src/database/migration-steps.ts')

/** A migration beside those of the checkout. @param up an expression with the helpers of `migration-steps.ts` */
export const writeMigration = async (name: string, up: string): Promise<MigrationFile> => {
  const file = path.join(await createTemporaryFolder(), `${name}.ts`)
  await writeFile(file, `import * as steps from '${helpers}'\nconst { ${names} } = steps\nexport const up = ${up}\n`)
  return { name, file }
}

const names =
  'addConstraint, addUnique, backfill, contract, createIndex, dropIndex, finishBackfill, inSteps, setNotNull, transaction'
