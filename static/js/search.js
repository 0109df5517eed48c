// The page that searches the site: its index is loaded when a visitor begins to type.
(() => {
	const site = new URL("../", document.currentScript.src);
	const { typed, saying } = window.folio;
	const most = 50;

	function seeker(form) {
		const { q } = form.elements, list = document.querySelector(".found"), status = form.querySelector("[role=status]");
		let index, loading, noting;

		const load = () => loading ||= fetch(form.action).then(async (answer) => {
			index = await answer.json();
			index.words = index.words.split(" ");
		});

		function row([title, address, kind]) {
			const item = document.createElement("li"), link = document.createElement("a");
			link.href = new URL(address.slice(1), site);
			link.textContent = title;
			item.append(link);
			if (kind) item.append(Object.assign(document.createElement("span"), { className: "venue", textContent: kind }));
			return item;
		}

		/** What was found, titles that hold every word first. */
		function ordered(text) {
			const set = saying(index, index.items.length, text);
			const found = set ? index.items.filter((_, n) => set[n]) : [];
			const asked = typed(text);
			const named = ([title]) => {
				const words = typed(title).flat();
				return asked.every((ways) => ways.some((way) => words.some((word) => word.startsWith(way))));
			};
			return [...found.filter(named), ...found.filter((item) => !named(item))];
		}

		async function ask() {
			const text = q.value.trim();
			clearTimeout(noting);
			noting = setTimeout(() => history.replaceState(null, "", text ? `?${new URLSearchParams({ q: text })}` : location.pathname), 150);
			if (!text) { list.replaceChildren(); status.textContent = ""; return; }
			try { await load(); } catch { loading = null; status.textContent = form.dataset.failed; return; }
			if (text !== q.value.trim()) return;
			const found = ordered(text);
			list.replaceChildren(...found.slice(0, most).map(row));
			status.textContent = found.length ? form.dataset.found.replace("{count}", found.length) : form.dataset.none;
		}

		form.addEventListener("input", ask);
		form.addEventListener("focusin", () => load().catch(() => { loading = null; }), { once: true });
		form.addEventListener("submit", (event) => { event.preventDefault(); list.querySelector("a")?.focus(); });
		form.hidden = false;
		q.value = new URLSearchParams(location.search).get("q") || "";
		if (q.value) ask();
		q.focus();
	}

	document.documentElement.classList.add("finds");
	document.addEventListener("DOMContentLoaded", () => document.querySelectorAll(".seeker").forEach(seeker));
})();
