import tseslint from 'typescript-eslint'

/** What stands above a folder of the bottom layer. */
const above = (folder) => ({
  group: [
    '**/booking/**',
    '**/payments/**',
    '**/availability/**',
    '**/notifications/**',
    '**/outbox/**',
    '**/database/**',
    '**/server/**',
    '**/endpoints/**',
    '**/hooks/**',
    '**/collections/**',
  ],
  message: `src/${folder} depends on nothing above it.`,
})

const domainImports = {
  patterns: [
    {
      regex: '^(payload|stripe|googleapis|resend|pg|next|graphile-worker|@payloadcms)(/|$)',
      message: 'Domain files know neither Payload nor a provider.',
    },
    { group: ['**/settings'], message: 'Domain files do not read the environment: pass what they need.' },
  ],
}

export default tseslint.config(
  {
    ignores: [
      '.next/',
      '.data/',
      'node_modules/',
      'payload-types.ts',
      'src/app/(payload)/admin/importMap.js',
      'src/database/migrations/',
      'next-env.d.ts',
      'coverage/',
    ],
  },
  ...tseslint.configs.strict,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'src/settings.ts is the only reader of the environment.' },
      ],
      eqeqeq: 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { ignoreRestSiblings: true, varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
      ],
    },
  },
  { files: ['**/*.{js,mjs}'], ...tseslint.configs.disableTypeChecked },
  {
    files: ['src/settings.ts', 'test/**', 'bench/**', 'next.config.mjs', 'vitest.config.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  // Dependencies point downwards: shared ← pure domain files ← queries and commands ← hooks, endpoints, tasks.
  {
    files: ['src/shared/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: [...domainImports.patterns, above('shared')] }] },
  },
  {
    files: [
      'src/availability/{calendar-day,compile-day-windows,compute-*,create-local-formatter,diff-published-slots,group-by-local-date,intervals,offer,parse-window,slot-states,to-search-key,types,wall-time,zone-offsets}.ts',
      'src/booking/{decide-*,session-states,request-states,session-timing,compose-session,who-asks}.ts',
      'src/calendar/{compute-*,decide-*,connection-states,event-states}.ts',
      'src/calendar/icalendar/{compute-*,session-event,windows-zones}.ts',
      'src/meetings/{compute-*,decide-*,create-meeting,meeting-providers}.ts',
      'src/payments/{cancellation-policy,charge-entries,compute-*,decide-*,ledger-kinds,payment-states,payout-account-states,reconciliation-kinds}.ts',
    ],
    rules: { 'no-restricted-imports': ['error', domainImports] },
  },
  {
    files: ['src/payments/**', 'src/availability/**', 'src/meetings/**', 'src/calendar/**'],
    ignores: [
      'src/calendar/{compute-*,decide-*,connection-states,event-states}.ts',
      'src/calendar/icalendar/{compute-*,session-event,windows-zones}.ts',
      'src/meetings/{compute-*,decide-*,create-meeting,meeting-providers}.ts',
      'src/payments/{cancellation-policy,charge-entries,compute-*,decide-*,ledger-kinds,payment-states,payout-account-states,reconciliation-kinds}.ts',
    ],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              // The table of states is a fact, which depends on nothing but `shared`.
              group: ['**/booking/**', '!**/booking/session-states'],
              message: 'Booking builds on this folder, not the other way round.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['src/**'],
    ignores: [
      'src/server/**',
      'src/app/**',
      'src/shared/**',
      'src/payments/**',
      'src/availability/**',
      'src/meetings/**',
      'src/calendar/**',
      'src/booking/{decide-*,session-states,request-states,session-timing,compose-session,who-asks}.ts',
    ],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['**/endpoints/**', '**/hooks/**', '**/collections/**'],
              message: 'The edges use src, not the other way round.',
            },
          ],
        },
      ],
    },
  },
)
