// The list of publications: search, filters, and what is fetched only when it is unfolded.
// Everything that is here without this script stays; the index is loaded when a visitor begins.
(() => {
	const site = new URL("../", document.currentScript.src);
	document.documentElement.classList.add("finds");

	const { marked, both, saying } = window.folio;

	// ---- sets of papers: a byte for each

	let index, size;
	const kept = new Map();

	function under(facet, value) {
		const key = `${facet} ${value}`;
		if (!kept.has(key)) kept.set(key, marked(index.facets[facet]?.[value] || [], new Uint8Array(size)));
		return kept.get(key);
	}

	// ---- the form

	function finder(form) {
		const status = form.querySelector("[role=status]"), clear = form.querySelector("[type=reset]");
		const choices = [...form.querySelectorAll("select")], { q } = form.elements, jump = document.querySelector("main .jump");
		let items, sections, loading, later, noting, typing = false;

		const load = () => loading ||= fetch(new URL("publications/search.json", site)).then(async (answer) => {
			index = await answer.json();
			index.words = index.words.split(" ");
			size = index.papers.length;
			items = index.papers.map((slug) => document.getElementById(slug));
			sections = [...document.querySelectorAll("main section")].map((part) => [part, [...part.querySelectorAll(".papers > li")]]);
		});

		const wanted = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()));

		function show() {
			const said = saying(index, size, q.value);
			const sets = choices.map((c) => (c.value ? under(c.name, c.value) : null));
			const found = [said, ...sets].reduce(both, null);
			items.forEach((item, n) => { if (item && item.hidden !== (found !== null && !found[n])) item.hidden = !item.hidden; });
			for (const [part, inside] of sections) {
				const first = inside.find((item) => !item.hidden);
				part.hidden = inside.length > 0 && !first;
				part.querySelector(".leads")?.classList.remove("leads");
				first?.classList.add("leads");
			}
			if (jump) jump.hidden = found !== null;
			for (const choice of choices) choice.classList.toggle("chosen", !!choice.value);
			clear.hidden = !wanted().size;
			clearTimeout(later);
			later = setTimeout(() => {
				tell(found ? found.reduce((sum, yes) => sum + yes, 0) : size);
				choices.forEach((choice, n) => count(choice, [said, ...sets.filter((_, m) => m !== n)].reduce(both, null)));
			}, 150);
		}

		function tell(number) {
			const { all, found, none } = form.dataset;
			const text = (number === size ? all : number ? found : none).replace("{count}", number).replace("{total}", size);
			if (status.textContent !== text) status.textContent = text;
		}

		function count(choice, among) {
			for (const option of [...choice.options].slice(1)) {
				let place = 0, sum = 0;
				for (const step of index.facets[choice.name]?.[option.value] || []) sum += among ? among[place += step] : 1;
				const text = `${option.dataset.label} (${sum})`;
				if (option.text !== text) option.text = text;
				option.disabled = !sum && !option.selected;
			}
		}

		/** Show what the form asks for; `keep` is how the address is to remember it. */
		async function ask(keep) {
			const query = wanted().toString();
			const address = query ? `?${query}` : location.pathname;
			clearTimeout(noting); // browsers refuse a page that rewrites its address at every keystroke
			if (keep === "replaceState") noting = setTimeout(() => history.replaceState(null, "", address), 150);
			else if (keep) history.pushState(null, "", address);
			try { await load(); } catch { loading = null; status.textContent = form.dataset.failed; return; }
			if (query === wanted().toString()) show();
		}

		/** The form as the address has it. */
		function read() {
			const query = new URLSearchParams(location.search);
			q.value = query.get("q") || "";
			for (const choice of choices) {
				const wish = (query.get(choice.name) || "").toLowerCase();
				choice.value = [...choice.options].find((option) => option.value.toLowerCase() === wish)?.value || "";
			}
			if (wanted().size || index) ask();
		}

		form.addEventListener("focusin", () => load().catch(() => { loading = null; }), { once: true });
		form.addEventListener("input", ({ target }) => {
			const more = target === q && typing;
			typing = target === q;
			ask(more ? "replaceState" : "pushState");
		});
		form.addEventListener("reset", () => { typing = false; setTimeout(() => { ask("pushState"); q.focus(); }); });
		form.addEventListener("submit", (event) => { event.preventDefault(); q.focus(); });
		q.addEventListener("blur", () => { typing = false; });
		addEventListener("popstate", read);
		form.hidden = false;
		read();
	}

	// ---- what stands in other files until it is unfolded

	async function unfolded({ target: fold }) {
		const link = fold.open && fold.querySelector("a.fetch");
		if (!link) return;
		const answer = await fetch(link.href).catch(() => null);
		if (!answer?.ok || !link.classList.replace("fetch", "fetched")) return;
		const made = document.createElement("div");
		if (link.hasAttribute("download")) {
			made.className = "bibtex";
			made.innerHTML = '<pre tabindex="0"><code></code></pre>';
			made.querySelector("code").textContent = (await answer.text()).trimEnd();
			fold.querySelector("summary").after(made);
			made.dispatchEvent(new Event("listing", { bubbles: true }));
		} else {
			const page = new DOMParser().parseFromString(await answer.text(), "text/html");
			made.className = "abstract";
			made.append(...page.querySelector("#abstract + div")?.childNodes || []);
			link.parentElement.replaceWith(made);
		}
	}

	document.addEventListener("DOMContentLoaded", () => {
		document.querySelectorAll(".finder").forEach(finder);
		document.addEventListener("toggle", unfolded, true);
	});
})();
