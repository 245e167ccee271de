import * as migration_20261121_073004_initial from './20261121_073004_initial';
import * as migration_20261121_120000_guards from './20261121_120000_guards';

export const migrations = [
  {
    up: migration_20261121_073004_initial.up,
    down: migration_20261121_073004_initial.down,
    name: '20261121_073004_initial',
  },
  {
    up: migration_20261121_120000_guards.up,
    down: migration_20261121_120000_guards.down,
    name: '20261121_120000_guards'
  },
];
