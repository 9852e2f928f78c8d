/** Tells the server when somebody dismisses one of our notices; see class-attention-notice.php. */
document.addEventListener('click', function (event) {
	const button = event.target.closest('.return-channel-attention .notice-dismiss');
	if (!button) return;
	const { dismiss, key } = button.closest('.return-channel-attention').dataset;
	const body = new URLSearchParams({ key });
	void fetch(dismiss, { method: 'POST', body, credentials: 'same-origin', keepalive: true });
});
