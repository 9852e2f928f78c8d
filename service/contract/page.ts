/** Lists are paged the way WordPress's REST API pages: `page` and `per_page` in, totals in headers. */

/** What a list handler returns; http puts the totals into X-WP-Total and X-WP-TotalPages. */
export interface Page<Row> {
	rows: Row[];
	/** Rows that match in all, not only on this page. */
	total: number;
}

/** WordPress's shape of an error (WP_Error over REST). */
export interface ErrorAnswer {
	code: string;
	message: string;
	data: { status: number; params?: Record<string, string> };
}
