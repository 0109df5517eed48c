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

	/** The papers of the page with their places in the index, by the section that they stand in. */
	function divided(slugs) {
		const parts = new Map();
		slugs.forEach((slug, n) => {
			const item = document.getElementById(slug);
			if (!item) return;
			const part = item.closest("section");
			if (!parts.has(part)) parts.set(part, { part, inside: [] });
			parts.get(part).inside.push([item, n]);
		});
		for (const { inside } of parts.values()) inside.sort(([a], [b]) => (a.compareDocumentPosition(b) & 4 ? -1 : 1));
		return [...parts.values()];
	}

	// ---- the form

	function finder(form) {
		const status = form.querySelector("[role=status]"), clear = form.querySelector("[type=reset]");
		const choices = [...form.querySelectorAll("select")], { q } = form.elements, jump = document.querySelector("main .jump"), legend = document.querySelector("main > .legend");
		let sections, loading, later, noting, typing = false;

		const load = () => loading ||= fetch(new URL("publications/search.json", site)).then(async (answer) => {
			index = await answer.json();
			index.words = index.words.split(" ");
			size = index.papers.length;
			sections = divided(index.papers);
			saying(index, size, "a"); // what is compiled at its first use is so before the first keystroke
			for (const section of sections) sift(section, null);
		});

		const wanted = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()));

		function show() {
			const said = saying(index, size, q.value);
			const sets = choices.map((c) => (c.value ? under(c.name, c.value) : null));
			const found = [said, ...sets].reduce(both, null);
			for (const section of sections) sift(section, found);
			if (jump) jump.hidden = found !== null;
			if (legend) legend.hidden = found !== null && !found.includes(1);
			for (const choice of choices) choice.classList.toggle("chosen", !!choice.value);
			clear.hidden = !wanted().size;
			clearTimeout(later);
			const counting = choices.map((choice, n) => () => count(choice, [said, ...sets.filter((_, m) => m !== n)].reduce(both, null)));
			const next = () => { counting.shift()?.(); if (counting.length) later = setTimeout(next); }; // a keystroke may come in between
			later = setTimeout(() => {
				tell(found ? found.reduce((sum, yes) => sum + yes, 0) : size);
				next();
			}, 150);
		}

		/** Show what was found of a section; of one in which nothing was, what stands in it can wait. */
		function sift(section, found) {
			const { part, inside } = section;
			const first = inside.find(([, n]) => !found || found[n])?.[0];
			if (part) part.hidden = !first;
			if (part && !first) return;
			for (const [item, n] of inside) {
				const gone = found !== null && !found[n];
				if (item.hidden !== gone) item.hidden = gone;
			}
			if (section.leads === first) return;
			section.leads?.classList.remove("leads");
			section.leads = first;
			first?.classList.add("leads");
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
			else if (keep === "typed") setTimeout(() => history.pushState(null, "", address)); // after what is shown
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
			ask(more ? "replaceState" : typing ? "typed" : "pushState");
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
