import path from 'node:path'
import { withPayload } from '@payloadcms/next/withPayload'

/** @type {import('next').NextConfig} */
const nextConfig = {
  // Builds made side by side (tests) must not overwrite each other.
  distDir: process.env.NEXT_DIST_DIR || '.next',
  poweredByHeader: false,
  turbopack: { root: path.resolve(import.meta.dirname) },
  // Types and lint are checked by `npm run typecheck` and `npm run lint`, not again by every start.
  typescript: { ignoreBuildErrors: true },
  // Error classes keep their names, by which Payload and its admin tell them apart.
  experimental: { serverMinification: false },
  headers: async () => [
    {
      source: '/:path*',
      headers: [
        { key: 'X-Content-Type-Options', value: 'nosniff' },
        { key: 'X-Frame-Options', value: 'DENY' },
        { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
      ],
    },
  ],
}

export default withPayload(nextConfig)
