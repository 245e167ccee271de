import { readEnvironment, setEnvironment } from './environment'
import { runProcess } from './run-process'

/** `npm run serve`: the web process alone. Settings are read after `.env`, hence the dynamic imports. */
await runProcess(async () => {
  const { NODE_ENV = 'production' } = readEnvironment()
  setEnvironment({ NODE_ENV })
  const [{ settings }, { checkInstallation }] = await Promise.all([
    import('../settings'),
    import('./check-installation'),
  ])
  await checkInstallation()
  const { createWebServer } = await import('./create-web-server')
  const server = await createWebServer({
    port: settings.port,
    next: NODE_ENV === 'development' ? 'development' : 'production',
  })
  if (settings.firstAdmin) {
    const { createFirstAdmin } = await import('./create-first-admin')
    await createFirstAdmin(server.payload, settings.firstAdmin)
  }
  return server
})
