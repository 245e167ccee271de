import { startEmbeddedPostgres } from '#database/embedded-postgres'

/** A process of its own that has the cluster of its argument until it is killed. Says its port when it is there. */
const postgres = await startEmbeddedPostgres({ dataDir: process.argv[2] ?? '' })
process.stdout.write(`${postgres.port}\n`)
process.on('SIGTERM', () => void postgres.stop().then(() => process.exit(0)))
