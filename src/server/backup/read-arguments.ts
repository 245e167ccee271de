import { parseArgs } from 'node:util'
import { StartError } from '../exit-with-line'

/**
 * What a command was called with: the folder that it is about, and its options.
 * @param usage what to say when it makes no sense.
 * @throws StartError
 */
export const readArguments = <Flag extends string>(
  given: string[],
  {
    usage,
    flags,
    values = [],
    needsFolder = true,
  }: { usage: string; flags: readonly Flag[]; values?: readonly string[]; needsFolder?: boolean },
): { folder: string; isSet: Record<Flag, boolean>; valueOf: (name: string) => string | undefined } => {
  const options = Object.fromEntries([
    ...flags.map((name) => [name, { type: 'boolean' as const }] as const),
    ...values.map((name) => [name, { type: 'string' as const }] as const),
  ])
  const { values: read, positionals } = parse(given, options, usage)
  const [folder, ...more] = positionals
  if (more.length || (folder === undefined) === needsFolder) throw new StartError(`Say it like this: ${usage}`)
  return {
    folder: folder ?? '',
    isSet: Object.fromEntries(flags.map((name) => [name, read[name] === true])) as Record<Flag, boolean>,
    valueOf: (name) => {
      const value = read[name]
      return typeof value === 'string' ? value : undefined
    },
  }
}

const parse = (args: string[], options: Record<string, { type: 'boolean' | 'string' }>, usage: string) => {
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    throw new StartError(
      `${error instanceof Error ? (error.message.split('. ')[0] ?? '') : ''}. Say it like this: ${usage}`,
    )
  }
}
