import tseslint from 'typescript-eslint';

/** Correctness only: formatting is Prettier's, and the compiler's strict mode does the rest. */
export default tseslint.config(
	{ ignores: ['node_modules/**', 'plugin/build/**', '.cache/**', '.demo/**', '.build/**'] },
	...tseslint.configs.recommended,
	{
		files: ['**/*.ts', '**/*.tsx'],
		rules: {
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', ignoreRestSiblings: true },
			],
			'@typescript-eslint/consistent-type-imports': 'error',
			'no-empty': ['error', { allowEmptyCatch: false }],
			'no-console': 'error',
			eqeqeq: 'error',
			'prefer-const': 'error',
		},
	},
	{ files: ['service/cli/**', 'test/**'], rules: { 'no-console': 'off' } },
);
