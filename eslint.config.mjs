import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Imports of Node's own modules stand first, then those of packages, then ours. */
const importOrder = {
  create: (context) => ({
    Program({ body }) {
      let last = 0;
      for (const node of body.filter(({ type }) => type === 'ImportDeclaration')) {
        const from = node.source.value;
        const rank = from.startsWith('node:') ? 0 : from.startsWith('.') ? 2 : 1;
        if (rank < last) context.report({ node, message: "Node's own modules are imported first, then packages, then our files." });
        last = Math.max(last, rank);
      }
    },
  }),
};

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'node_modules/', '**/*.d.ts', '**/*.d.mts'] },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    plugins: { drydock: { rules: { 'import-order': importOrder } } },
    extends: [eslint.configs.recommended, tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: 'error',
      'drydock/import-order': 'error',
      'no-duplicate-imports': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // An arrow function or an early return may consist of a call that is made for its effect.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // An empty function says "nothing to do here" where one is asked for.
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      // Our interfaces are met by plain objects and closures, where nothing depends on `this`, ...
      '@typescript-eslint/unbound-method': 'off',
      // ... and VS Code takes such objects where it declares a class.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // A function may be asynchronous because its interface is.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    // Clients of the language server that know no folders send the deprecated `rootUri`.
    files: ['server/src/lsp/serve.ts'],
    rules: { '@typescript-eslint/no-deprecated': 'off' },
  },
  {
    files: ['**/*.test.ts', 'test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Strings have deprecated methods with everyday names, `link` for one.
      '@typescript-eslint/no-deprecated': 'off',
      // node:test waits for its tests by itself.
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            {
              from: 'package',
              package: 'node:test',
              name: ['test', 'it', 'describe', 'suite', 'before', 'after', 'beforeEach', 'afterEach'],
            },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.mjs'],
    extends: [eslint.configs.recommended],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly', setInterval: 'readonly' } },
  },
);
