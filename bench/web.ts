import { setEnvironment } from '#server/environment'
import { runProcess } from '#server/run-process'

/**
 * The production web process (as src/server/web.ts starts it, without pages) with one collection more. Says how much memory it
 * holds, and how much processor time it has taken, when it is asked.
 */
await runProcess(async () => {
  setEnvironment({ NODE_ENV: 'production' })
  const [{ settings }, { createWebServer }, { benchConfig }] = await Promise.all([
    import('#settings'),
    import('#server/create-web-server'),
    import('./bench-config'),
  ])
  process.on('message', (question) => {
    if (question === 'usage') process.send?.({ type: 'usage', rss: process.memoryUsage().rss, cpu: process.cpuUsage() })
  })
  return createWebServer({ port: settings.port, next: 'none', config: benchConfig() })
})
