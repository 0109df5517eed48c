// Colour scheme and copying: all that the pages do beyond what HTML does by itself.
(() => {
	const root = document.documentElement;
	const said = document.currentScript.dataset;
	const key = "folio-scheme";
	const dark = matchMedia("(prefers-color-scheme: dark)");
	const scheme = () => root.dataset.scheme || (dark.matches ? "dark" : "light");

	// Before anything is painted: the scheme that this visitor chose.
	try {
		const kept = localStorage.getItem(key);
		if (kept) root.dataset.scheme = kept;
	} catch {}

	function toggle(button) {
		const words = { light: button.getAttribute("aria-label"), dark: button.dataset.light };
		const name = () => button.setAttribute("aria-label", words[scheme()]);
		button.addEventListener("click", () => {
			const chosen = scheme() === "dark" ? "light" : "dark";
			root.dataset.scheme = chosen;
			try { localStorage.setItem(key, chosen); } catch {}
			name();
		});
		dark.addEventListener("change", name);
		name();
		button.hidden = false;
	}

	// A short film in a list moves while it is looked at, and never by itself.
	function film(video) {
		const still = matchMedia("(prefers-reduced-motion: reduce)");
		video.addEventListener("pointerenter", () => { if (!still.matches) video.play(); });
		video.addEventListener("pointerleave", () => video.pause());
	}

	function copier(listing) {
		const button = document.createElement("button");
		const heard = document.createElement("span");
		const text = listing.textContent;
		Object.assign(button, { type: "button", className: "copy", textContent: said.copy });
		heard.className = "unseen";
		heard.setAttribute("role", "status");
		button.addEventListener("click", async () => {
			await navigator.clipboard.writeText(text);
			button.textContent = heard.textContent = said.copied;
			setTimeout(() => { button.textContent = said.copy; heard.textContent = ""; }, 2000);
		});
		listing.append(button, heard);
	}

	document.addEventListener("DOMContentLoaded", () => {
		document.querySelectorAll(".scheme").forEach(toggle);
		document.querySelectorAll("video.thumb").forEach(film);
		if (!navigator.clipboard) return;
		document.querySelectorAll(".bibtex").forEach(copier);
		document.addEventListener("listing", (made) => copier(made.target)); // one that came later
	});
	addEventListener("beforeprint", () => {
		document.querySelectorAll("details.more, details.fold").forEach((d) => { d.open = true; });
	});
})();
