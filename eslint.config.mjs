import { defineConfig } from 'eslint/config'
import next from '@next/eslint-plugin-next'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

/** Folders of lib that hold only pure code: no React, Next, ldapts, node module, clock or environment. */
const PURE = ['ldap', 'postfix', 'entries', 'survey', 'words']

/**
 * Which folders a folder may import, beside itself. This is the picture in docs/architecture.md;
 * an import that is not in it fails the build.
 * @type {Record<string, readonly string[]>}
 */
const MAY_IMPORT = {
  'lib/words': [],
  'lib/ldap': [],
  'lib/postfix': ['lib/ldap'],
  'lib/entries': ['lib/words', 'lib/ldap'],
  'lib/survey': ['lib/words', 'lib/entries', 'lib/ldap'],
  'lib/changes': [
    'lib/words',
    'lib/survey',
    'lib/entries',
    'lib/postfix',
    'lib/ldap',
    'lib/directory',
    'lib/site',
    'lib/lists',
    'lib/environment',
  ],
  'lib/lists': ['lib/words', 'lib/survey', 'lib/directory', 'lib/entries', 'lib/ldap', 'lib/environment'],
  'lib/directory': ['lib/ldap', 'lib/postfix', 'lib/environment'],
  'lib/site': ['lib/words', 'lib/directory', 'lib/postfix', 'lib/ldap', 'lib/environment'],
  'lib/lookups': ['lib/words', 'lib/changes', 'lib/site', 'lib/directory', 'lib/postfix', 'lib/entries'],
  'lib/auth': ['lib/words', 'lib/directory', 'lib/site', 'lib/entries', 'lib/ldap', 'lib/environment'],
  'lib/cli': [
    'lib/words',
    'lib/changes',
    'lib/site',
    'lib/directory',
    'lib/postfix',
    'lib/ldap',
    'lib/environment',
  ],
  'lib/history': ['lib/words', 'lib/changes', 'lib/directory', 'lib/entries', 'lib/ldap', 'lib/environment'],
  'lib/plans': [
    'lib/words',
    'lib/changes',
    'lib/history',
    'lib/lists',
    'lib/directory',
    'lib/entries',
    'lib/ldap',
    'lib/environment',
  ],
  'lib/exchange': [
    'lib/words',
    'lib/plans',
    'lib/changes',
    'lib/lists',
    'lib/directory',
    'lib/entries',
    'lib/ldap',
    'lib/environment',
  ],
  'lib/overview': [
    'lib/words',
    'lib/survey',
    'lib/lists',
    'lib/history',
    'lib/site',
    'lib/directory',
    'lib/entries',
    'lib/ldap',
    'lib/environment',
  ],
  'lib/health': [
    'lib/words',
    'lib/overview',
    'lib/lists',
    'lib/survey',
    'lib/site',
    'lib/directory',
    'lib/entries',
    'lib/postfix',
    'lib/ldap',
    'lib/environment',
  ],
  'lib/setup': [
    'lib/words',
    'lib/changes',
    'lib/history',
    'lib/lists',
    'lib/site',
    'lib/directory',
    'lib/postfix',
    'lib/ldap',
    'lib/environment',
  ],
  'lib/requests': [
    'lib/words',
    'lib/auth',
    'lib/changes',
    'lib/directory',
    'lib/entries',
    'lib/ldap',
    'lib/lists',
    'lib/environment',
  ],
  'lib/tokens': [
    'lib/words',
    'lib/auth',
    'lib/account',
    'lib/changes',
    'lib/directory',
    'lib/entries',
    'lib/ldap',
    'lib/environment',
  ],
  'lib/templates': ['lib/words', 'lib/directory', 'lib/entries', 'lib/ldap', 'lib/environment'],
  'lib/account': [
    'lib/words',
    'lib/changes',
    'lib/directory',
    'lib/entries',
    'lib/ldap',
    'lib/lists',
    'lib/lookups',
    'lib/postfix',
    'lib/site',
    'lib/environment',
  ],
  components: [
    'lib/words',
    'lib/survey',
    'lib/account',
    'lib/entries',
    'lib/changes',
    'lib/health',
    'lib/history',
    'lib/lookups',
    'lib/overview',
    'lib/postfix',
    'lib/requests',
    'lib/setup',
    'lib/templates',
    'lib/tokens',
    'lib/plans',
    'lib/exchange',
  ],
  app: [
    'lib/words',
    'lib/survey',
    'components',
    'lib/account',
    'lib/auth',
    'lib/entries',
    'lib/changes',
    'lib/health',
    'lib/lists',
    'lib/history',
    'lib/lookups',
    'lib/overview',
    'lib/requests',
    'lib/setup',
    'lib/site',
    'lib/templates',
    'lib/tokens',
    'lib/plans',
    'lib/exchange',
  ],
}

/**
 * @param {string} folder
 * @returns {import('eslint').Linter.Config}
 */
function importRule(folder) {
  const allowed = [folder, ...(MAY_IMPORT[folder] ?? [])]
  const others = ['app', 'components', 'e2e', 'scripts', 'lib/environment', ...Object.keys(MAY_IMPORT)]
  const forbidden = [...new Set(others)].filter((other) => !allowed.includes(other))
  const pure = PURE.some((name) => folder === `lib/${name}`)
  const packages = [
    ...(folder === 'lib/directory' ? [] : ['ldapts']),
    ...(folder === 'lib/auth' ? [] : ['next-auth', 'next-auth/*']),
    ...(pure ? ['node:*', 'react', 'react/*', 'next', 'next/*', 'server-only', 'pino'] : []),
  ]
  return {
    files: [`${folder}/**/*.{ts,tsx}`],
    ignores: ['**/*.test.ts', '**/*.test.tsx'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['../*'], message: 'Import other folders by @/, so that the direction can be seen.' },
            {
              group: forbidden.flatMap((other) => [`@/${other}`, `@/${other}/**`]),
              message: `${folder} must not depend on this folder (docs/architecture.md).`,
            },
            ...(packages.length === 0
              ? []
              : [{ group: packages, message: `Not in ${folder} (docs/architecture.md).` }]),
          ],
        },
      ],
      ...(pure
        ? {
            'no-restricted-globals': ['error', 'process', 'Buffer', 'setTimeout', 'setInterval', 'fetch'],
            'no-restricted-properties': [
              'error',
              { object: 'Date', property: 'now', message: 'Pure code has no clock.' },
              { object: 'Math', property: 'random', message: 'Pure code gives the same answer twice.' },
            ],
          }
        : {}),
    },
  }
}

const READS_ENVIRONMENT = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Only lib/environment.ts and environment-file.ts read the environment.',
}

/**
 * Words that a person would see and that no message file has: text between tags, attributes that are read out or
 * shown, titles of pages. What stands in <code> and <kbd> is not language, and the brand is one word everywhere.
 */
const UNTRANSLATED = [
  ':not(JSXElement[openingElement.name.name=/^(code|kbd)$/]) > JSXText[value=/^(?!\\s*Postbook\\s*$)[^]*[a-z]{2}/i]',
  'JSXAttribute[name.name=/^(aria-label|aria-description|title|placeholder|alt|label|about|hint|idle|name)$/]' +
    ' > Literal[value=/[a-z] [a-z]|^[A-Z][a-z]/]',
  'JSXElement > JSXExpressionContainer > Literal[value=/[a-z]{2}/i]',
  'JSXElement > JSXExpressionContainer > ConditionalExpression > Literal[value=/[a-z]{2}/i]',
  'JSXElement > JSXExpressionContainer > LogicalExpression > Literal[value=/[a-z]{2}/i]',
  "VariableDeclarator[id.name='metadata'] > ObjectExpression > Property[key.name='title'] > Literal",
].map((selector) => ({ selector, message: 'Every text that a person sees is in messages/.' }))

export default defineConfig(
  {
    ignores: [
      '.next/**',
      'node_modules/**',
      '.demo/**',
      'dist/**',
      'coverage/**',
      'test-results/**',
      'next-env.d.ts',
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
    },
  },
  { ...reactHooks.configs.flat.recommended, files: ['{app,components}/**/*.{ts,tsx}'] },
  { plugins: { '@next/next': next }, rules: next.configs.recommended.rules ?? {} },
  ...Object.keys(MAY_IMPORT).map(importRule),
  {
    files: ['lib/environment.ts', 'lib/environment-file.ts', 'lib/configuration-problem.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ group: ['@/**'] }] }] },
  },
  {
    files: ['**/*.{ts,tsx}'],
    ignores: [
      'lib/environment.ts',
      'lib/environment-file.ts',
      'instrumentation.ts',
      'scripts/**',
      'e2e/**',
      '*.config.ts',
      '**/*.test.ts',
    ],
    rules: { 'no-restricted-syntax': ['error', READS_ENVIRONMENT] },
  },
  {
    files: ['{app,components}/**/*.tsx'],
    rules: { 'no-restricted-syntax': ['error', READS_ENVIRONMENT, ...UNTRANSLATED] },
  },
  { files: ['**/*.test.ts', 'e2e/**', 'scripts/**'], rules: { 'max-lines-per-function': 'off' } },
  { files: ['scripts/**', 'lib/cli/**', 'bin/**'], rules: { 'no-console': 'off' } },
  // Plain JavaScript names its types in comments, which this rule does not read.
  { files: ['**/*.mjs'], rules: { '@typescript-eslint/explicit-module-boundary-types': 'off' } },
)
