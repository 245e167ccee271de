import { fork } from 'node:child_process'
import path from 'node:path'
import type { SchemaSnapshot } from './schema-snapshot'
import { MigrationError } from './migration-files'

/**
 * What the collections need of a database: those of the product alone, or with what the extension adds and changes.
 * @throws MigrationError when the configuration cannot be built; what it said stands in the message.
 */
export const findNeededSchema = (whose: 'product' | 'extended'): Promise<SchemaSnapshot> =>
  new Promise((resolve, reject) => {
    const child = fork(path.join(import.meta.dirname, 'send-needed-schema.ts'), [whose], {
      execArgv: ['--import', 'tsx', '--no-deprecation'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    let said = ''
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.once('message', (snapshot) => resolve(snapshot as SchemaSnapshot))
    child.once('error', reject)
    child.once('close', () => reject(new MigrationError(`The configuration cannot be built:\n${said.trim()}`)))
  })
