import { resolvePackagesDirectly } from '../../src/server/load-packages-directly.ts'

// Plain JavaScript, as it runs before anything that reads TypeScript. Each worker of the tests loads all of Payload, as each process of Parley does.
resolvePackagesDirectly()
