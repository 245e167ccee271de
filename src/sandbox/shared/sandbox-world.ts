import { type CallFault, type CallFaults, createCallFaults } from './call-faults'
import { type CallLedger, createCallLedger } from './call-ledger'
import type { RecordStore } from './record-store'

/** What a sandbox knows of itself. */
export type StoredSetting = { value: number }

type Rows = Record<string, object> & { settings: StoredSetting }

/** What every sandbox with records has while it runs. */
export type SandboxWorld<Records extends Rows, Fault extends CallFault<string>> = {
  store: RecordStore<Records>
  tables: RecordStore<Records>['tables']
  /** Where the sandbox is reached, without a trailing slash. */
  url: string
  faults: CallFaults<Fault>
  calls: CallLedger
}

export const createSandboxWorld = <Records extends Rows, Fault extends CallFault<string>>({
  store,
  url,
}: {
  store: RecordStore<Records>
  url: string
}): SandboxWorld<Records, Fault> => ({
  store,
  tables: store.tables,
  url,
  faults: createCallFaults(),
  calls: createCallLedger(),
})

type Clocked = {
  tables: {
    settings: {
      get: (key: string) => Readonly<StoredSetting> | undefined
      put: (key: string, row: StoredSetting) => void
    }
  }
}

const offsetOf = ({ tables }: Clocked): number => tables.settings.get('clockOffset')?.value ?? 0

/** Epoch ms by the sandbox's clock. */
export const nowOf = (world: Clocked): number => Date.now() + offsetOf(world)

/** Lets time pass. */
export const advanceClock = (world: Clocked, ms: number): void =>
  world.tables.settings.put('clockOffset', { value: offsetOf(world) + ms })
