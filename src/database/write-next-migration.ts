import payload from 'payload'

/** Writes what the collections need and the migrations in the folder of the argument do not make; nothing if all is there. */
const { default: config } = await import('../../payload.config')
const [migrationDir = ''] = process.argv.slice(2)
await payload.init({ config, disableDBConnect: true, disableOnInit: true })
payload.db.migrationDir = migrationDir
await payload.db.createMigration({ migrationName: 'next', payload, skipEmpty: true, forceAcceptWarning: false })
process.exit(0)
