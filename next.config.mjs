import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { withPayload } from '@payloadcms/next/withPayload'

const distDir = process.env.NEXT_DIST_DIR || '.next'

// Next adds entries of its own to the tsconfig that it is given, others for every build folder: ours stays as it is.
const tsconfigPath = `${distDir}.tsconfig.json`
const up = path.relative(path.dirname(path.resolve(tsconfigPath)), import.meta.dirname)
if (!existsSync(tsconfigPath)) {
  mkdirSync(path.dirname(path.resolve(tsconfigPath)), { recursive: true })
  writeFileSync(tsconfigPath, JSON.stringify({ extends: `./${path.join(up, 'tsconfig.json')}`, include: [] }))
}

/** @type {import('next').NextConfig} */
const nextConfig = {
  distDir,
  poweredByHeader: false,
  // They read files of their own beside their code.
  serverExternalPackages: ['pdfkit', 'dejavu-fonts-ttf'],
  turbopack: {
    root: path.resolve(import.meta.dirname),
    // Asked for where Node has no streams of the web yet; an empty package stands in its place.
    resolveAlias: {
      'web-streams-polyfill/dist/ponyfill.es2018.js':
        './node_modules/fetch-blob/node_modules/web-streams-polyfill/index.js',
    },
  },
  // Types and lint are checked by `npm run typecheck` and `npm run lint`, not again by every start.
  typescript: { ignoreBuildErrors: true, tsconfigPath },
  experimental: {
    // Error classes keep their names, by which Payload and its admin tell them apart.
    serverMinification: false,
    // Every state of the sources is built into a folder of its own, so nothing would ever read it: 200 MB and a fifth of the time.
    turbopackFileSystemCacheForBuild: false,
  },
  headers: async () => [
    {
      source: '/:path*',
      headers: [
        { key: 'X-Content-Type-Options', value: 'nosniff' },
        { key: 'X-Frame-Options', value: 'DENY' },
      ],
    },
  ],
}

const config = withPayload(nextConfig)
const headersOfPayload = config.headers

/**
 * Payload has browsers say on every page whether they are dark. That it be critical makes each of them ask for its first page a second time, pages of the site
 * that know nothing of it among them; asked for alone, it comes with the next request, and until then the page finds out by itself.
 */
config.headers = async () =>
  (await headersOfPayload()).map((rule) => ({
    ...rule,
    headers: rule.headers.filter(({ key }) => key !== 'Critical-CH'),
  }))

export default config
