/** Header fields of a mail in their order; names compare without case (RFC 5322 §1.2.2). */
export class Headers {
	readonly #fields: readonly (readonly [name: string, value: string])[];
	/** Lower-case name → values, made at the first question: most mails are asked for a dozen names. */
	#byName: Map<string, string[]> | undefined;

	constructor(fields: readonly (readonly [name: string, value: string])[]) {
		this.#fields = fields;
	}

	/** The first field of that name. */
	get(name: string): string | undefined {
		return this.#valuesOf(name)?.[0];
	}

	/** All fields of that name, top to bottom. */
	all(name: string): string[] {
		return [...(this.#valuesOf(name) ?? [])];
	}

	has(name: string): boolean {
		return this.#valuesOf(name) !== undefined;
	}

	[Symbol.iterator]() {
		return this.#fields[Symbol.iterator]();
	}

	#valuesOf(name: string): string[] | undefined {
		this.#byName ??= this.#index();
		return this.#byName.get(name.toLowerCase());
	}

	#index(): Map<string, string[]> {
		const byName = new Map<string, string[]>();
		for (const [name, value] of this.#fields) {
			const key = name.toLowerCase();
			const values = byName.get(key);
			if (values) values.push(value);
			else byName.set(key, [value]);
		}
		return byName;
	}
}
