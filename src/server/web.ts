import { findBuild } from './build-once'
import { readEnvironment, setEnvironment } from './environment'
import { runProcess } from './run-process'

/** `npm run serve`: the web process alone; with `--api-only` without pages and admin. Settings are read after `.env`, hence the dynamic imports. */
await runProcess(async () => {
  const { NODE_ENV = 'production', NEXT_DIST_DIR } = readEnvironment()
  const pages = process.argv.includes('--api-only') ? 'none' : NODE_ENV === 'development' ? NODE_ENV : 'production'
  setEnvironment({ NODE_ENV, NEXT_DIST_DIR: NEXT_DIST_DIR || (pages === 'production' ? await findBuild() : undefined) })
  const [{ settings }, { checkInstallation }] = await Promise.all([import('#settings'), import('./check-installation')])
  await checkInstallation()
  const { createWebServer } = await import('./create-web-server')
  const server = await createWebServer({
    port: settings.port,
    next: pages,
  })
  if (settings.firstAdmin) {
    const { createFirstAdmin } = await import('./create-first-admin')
    await createFirstAdmin(server.payload, settings.firstAdmin)
  }
  return server
})
