import type { GlobalConfig } from 'payload'
import { admitGlobal } from './admit-question'
import { maxPageSize } from './cap-limit'
import { leaveOutEmptyGroupsOfSettings } from './leave-out-empty-groups'
import { leaveOutSystemSettings } from './leave-out-system-fields'
import { readWrittenSettings } from './read-what-is-written'
import { refuseOtherKindsOfSettings } from './refuse-other-kinds'
import { lockSettings, refuseStaleSettings } from './refuse-stale-form'

type GlobalHooks = NonNullable<GlobalConfig['hooks']>
type AfterChange = NonNullable<GlobalHooks['afterChange']>[number]

/** As with collections: what follows must not depend on what whoever wrote may read. */
const withWholeSettings =
  (hook: AfterChange): AfterChange =>
  async (args) => {
    await hook({ ...args, doc: { ...args.doc, ...args.data } as unknown })
  }

/** Their versions are listed past every hook, so there are only so many of them. */
const boundVersions = (versions: GlobalConfig['versions']): GlobalConfig['versions'] => {
  if (!versions) return versions
  const given = typeof versions === 'object' ? versions : {}
  return { ...given, max: Math.min(given.max || maxPageSize, maxPageSize) }
}

/** What holds for every global, before its own hooks. */
export const guardGlobal = (global: GlobalConfig): GlobalConfig => {
  const { hooks = {}, versions } = global
  return {
    ...global,
    ...(versions ? { versions: boundVersions(versions) } : {}),
    hooks: {
      ...hooks,
      beforeOperation: [
        admitGlobal,
        leaveOutSystemSettings,
        leaveOutEmptyGroupsOfSettings,
        refuseOtherKindsOfSettings,
        lockSettings,
        ...(hooks.beforeOperation ?? []),
      ],
      beforeValidate: [readWrittenSettings, refuseStaleSettings, ...(hooks.beforeValidate ?? [])],
      ...(hooks.afterChange ? { afterChange: hooks.afterChange.map(withWholeSettings) } : {}),
    },
  }
}
