// What searching asks everywhere: words as the indexes have them, and sets of what holds them.
window.folio = (() => {
	// ---- words, divided and folded as the index has them (builder/text/searching.py)

	const alone = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff";
	const word = new RegExp(`[${alone}]|(?:(?![${alone}])[\\p{L}\\p{N}])+`, "gu");
	const plain = { ł: "l", ø: "o", đ: "d", ð: "d", þ: "th", æ: "ae", œ: "oe", ı: "i", ß: "ss", ς: "σ" };
	const german = { ä: "ae", ö: "oe", ü: "ue", ø: "oe", å: "aa" };
	const fold = (text) => text.replace(/[łøđðþæœıßς]/g, (c) => plain[c]).replace(/['’ʼ]/g, "")
		.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().match(word) || [];

	/** The words of a text, each with the ways in which it may be written. */
	function typed(text) {
		const small = text.toLowerCase().normalize("NFC");
		const spelt = fold(small.replace(/[äöüøå]/g, (c) => german[c]));
		return fold(small).map((w, n) => (spelt[n] && spelt[n] !== w ? [w, spelt[n]] : [w]));
	}

	// ---- sets of what an index holds: a byte for each; steps are the first place and the differences

	function marked(steps, set) {
		let place = 0;
		for (const step of steps) set[place += step] = 1;
		return set;
	}

	function both(one, two) {
		if (!one || !two) return one || two;
		return one.map((yes, n) => yes & two[n]);
	}

	/** Mark what holds a word that begins so; `index.words` is in the order in which scripts compare. */
	function beginning(index, start, set) {
		const { words, where } = index;
		let low = 0, high = words.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (words[middle] < start) low = middle + 1; else high = middle;
		}
		for (; low < words.length && words[low].startsWith(start); low++) marked(where[low], set);
	}

	/** Those of `size` that hold all the words of a text; null for a text without words. */
	function saying(index, size, text) {
		let found = null;
		for (const ways of typed(text)) {
			const set = new Uint8Array(size);
			for (const way of ways) beginning(index, way, set);
			found = both(found, set);
		}
		return found;
	}

	return { typed, marked, both, saying };
})();
