const longestShortHeader = 40;

/** Header fields of a mail in their order; names compare without case (RFC 5322 §1.2.2). */
export class Headers {
	readonly #fields: readonly (readonly [name: string, value: string])[];
	/** Lower-case name → values, of long headers; a short one is looked through faster. */
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
		const wanted = name.toLowerCase();
		if (this.#fields.length <= longestShortHeader) return this.#valuesIn(wanted);
		this.#byName ??= this.#index();
		return this.#byName.get(wanted);
	}

	#valuesIn(wanted: string): string[] | undefined {
		let values: string[] | undefined;
		for (const [name, value] of this.#fields) {
			if (name.length !== wanted.length || name.toLowerCase() !== wanted) continue;
			if (values) values.push(value);
			else values = [value];
		}
		return values;
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
