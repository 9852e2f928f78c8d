/** Fills the boxes that Return Channel puts on WordPress's own pages, after the page; see class-late-box.php. */
(function (words, apiFetch) {
	document.querySelectorAll('.return-channel-box').forEach(fill);

	document.addEventListener('click', function (event) {
		const button = event.target.closest('.return-channel-box button');
		if (!button) return;
		const box = button.closest('.return-channel-box');
		if ('again' in button.dataset) fill(box).then(() => say(box, ''));
		else if (button.dataset.path) act(box, button);
	});

	/** Fetches what is in a box. The text is HTML of this very site, escaped where it was made. */
	async function fill(box) {
		const content = box.querySelector('.return-channel-box-content');
		content.setAttribute('aria-busy', 'true');
		try {
			const response = await fetch(box.dataset.source, { credentials: 'same-origin' });
			if (!response.ok) throw new Error(String(response.status));
			content.innerHTML = await response.text();
		} catch {
			content.replaceChildren(paragraph(words.failed), aButton(words.again, { again: '' }));
		}
		content.removeAttribute('aria-busy');
	}

	/** Does what a button stands for, says what came of it, and shows the box anew. */
	async function act(box, button) {
		button.disabled = true;
		try {
			const { path, body } = button.dataset;
			const report = await apiFetch({ path, method: 'POST', data: JSON.parse(body) });
			await fill(box);
			say(box, report.sentence, undoOf(path, report));
		} catch (error) {
			button.disabled = false;
			say(box, error.message || words.failed);
		}
	}

	/** The button that takes a release back; undoing has none. */
	function undoOf(path, { releaseId }) {
		if (!path.endsWith('/holds/release')) return undefined;
		const namespace = path.replace(/\/holds\/release$/, '');
		return aButton(words.undo, { path: `${namespace}/releases/${releaseId}/undo`, body: '{}' });
	}

	/** The button that was pressed may be gone: whoever uses a keyboard goes on from here. */
	function say(box, sentence, button) {
		const said = box.querySelector('.return-channel-box-said');
		const parts = sentence ? [paragraph(sentence)] : [];
		said.replaceChildren(...parts, ...(button ? [button] : []));
		if (sentence) said.focus();
	}

	function paragraph(text) {
		const element = document.createElement('p');
		element.textContent = text;
		return element;
	}

	function aButton(text, data) {
		const button = document.createElement('button');
		button.type = 'button';
		button.className = 'button';
		button.textContent = text;
		Object.assign(button.dataset, data);
		return button;
	}
})(window.returnChannelBoxWords, window.wp.apiFetch);
