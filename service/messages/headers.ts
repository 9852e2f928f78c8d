/** Header fields of a mail in their order; names compare without case (RFC 5322 §1.2.2). */
export class Headers {
	readonly #fields: readonly (readonly [name: string, value: string])[];

	constructor(fields: readonly (readonly [name: string, value: string])[]) {
		this.#fields = fields;
	}

	/** The first field of that name. */
	get(name: string): string | undefined {
		const wanted = name.toLowerCase();
		return this.#fields.find(([field]) => field.toLowerCase() === wanted)?.[1];
	}

	/** All fields of that name, top to bottom. */
	all(name: string): string[] {
		const wanted = name.toLowerCase();
		return this.#fields
			.filter(([field]) => field.toLowerCase() === wanted)
			.map(([, value]) => value);
	}

	has(name: string): boolean {
		return this.get(name) !== undefined;
	}

	[Symbol.iterator]() {
		return this.#fields[Symbol.iterator]();
	}
}
