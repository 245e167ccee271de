export type AdminComponent = { path: string; clientProps?: Record<string, unknown> }

const toPascalCase = (name: string): string =>
  name.replace(/(?:^|-)([a-z])/g, (_match, letter: string) => letter.toUpperCase())

/**
 * A component of the admin, as Payload's configuration refers to it: what the file `name` (below `admin-components`) exports
 * under its own name. After a new one, `npm run generate:importmap`.
 */
export const adminComponent = (name: string, clientProps?: Record<string, unknown>): AdminComponent => ({
  path: `/src/app/(payload)/admin-components/${name}#${toPascalCase(name.split('/').at(-1) ?? name)}`,
  ...(clientProps === undefined ? {} : { clientProps }),
})
