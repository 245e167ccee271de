import tseslint from 'typescript-eslint'

export default tseslint.config(
  {
    ignores: [
      '.next/',
      '.data/',
      'node_modules/',
      'payload-types.ts',
      'src/app/_api/openapi-types.ts',
      'src/app/(payload)/admin/importMap.js',
      'src/database/migrations/',
      'src/extensions/migrations/',
      'test/extension/extensions/migrations/',
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
  // Its types are those of an installation; the compiler sees it there (`test/extension/installation.long.ts`).
  { files: ['test/extension/extensions/**'], ...tseslint.configs.disableTypeChecked },
  {
    files: ['src/settings.ts', 'src/extensions/**', 'test/**', 'bench/**', 'next.config.mjs', 'vitest.config.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  // What may import what stands in .dependency-cruiser.mjs. Domain files read no clock either: `now` is an argument.
  {
    files: ['src/shared/**', 'src/**/{decide,compute,is}-*.ts', 'src/**/*-{states,kinds}.ts'],
    ignores: ['src/{app,sandbox,server}/**', 'src/calendar/busy/is-busy-elsewhere.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'CallExpression[callee.object.name=/^(Date|performance)$/][callee.property.name="now"]',
          message: 'Domain files do not read the clock: pass `now`.',
        },
        { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'Pass `now`.' },
        { selector: 'MemberExpression[object.name="Temporal"][property.name="Now"]', message: 'Pass `now`.' },
        { selector: 'CallExpression[callee.object.name="Math"][callee.property.name="random"]', message: 'Pass it.' },
      ],
    },
  },
)
