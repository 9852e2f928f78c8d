/** Tells the server when somebody dismisses one of our notices; see class-attention-notice.php. */
document.addEventListener('click', function (event) {
	const button = event.target.closest('.return-channel-attention .notice-dismiss');
	if (!button) return;
	const { dismiss, key } = button.closest('.return-channel-attention').dataset;
	const body = new URLSearchParams({ key });
	void tell(dismiss, body, 3);
});

/** Asks again when the database was busy. */
async function tell(url, body, tries) {
	const options = { method: 'POST', body, credentials: 'same-origin', keepalive: true };
	const answer = await fetch(url, options);
	if (answer.status === 503 && tries > 1) await tell(url, body, tries - 1);
}
