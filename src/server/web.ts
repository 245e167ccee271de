import { findBuild } from './build-once'
import { modeOf, readEnvironment, setEnvironment } from './environment'
import { runProcess } from './run-process'

/** `npm run serve`: the web process alone; with `--api-only` without pages and admin. Settings are read after `.env`, hence the dynamic imports. */
await runProcess(async () => {
  const env = readEnvironment()
  const mode = modeOf(env)
  const pages = process.argv.includes('--api-only') ? 'none' : mode === 'development' ? mode : 'production'
  setEnvironment({ NODE_ENV: mode })
  const [{ settings }, { checkInstallation }] = await Promise.all([import('#settings'), import('./check-installation')])
  if (pages === 'production') setEnvironment({ NEXT_DIST_DIR: env.NEXT_DIST_DIR || (await findBuild()) })
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
