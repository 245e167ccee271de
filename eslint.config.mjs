import tseslint from 'typescript-eslint'

const domainImports = {
  patterns: [
    {
      group: ['payload', 'payload/*', '@payloadcms/*', 'stripe', 'googleapis', 'resend', 'pg', 'next', 'next/*'],
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
    },
  },
  { files: ['**/*.{js,mjs}'], ...tseslint.configs.disableTypeChecked },
  {
    files: ['src/settings.ts', 'test/**', 'bench/**', 'next.config.mjs', 'vitest.config.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  { files: ['src/shared/**'], rules: { 'no-restricted-imports': ['error', domainImports] } },
)
