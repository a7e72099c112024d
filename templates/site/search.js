// Search in the page's own index: with and without diacritics, numbers with and without dots; nothing leaves the page.
// Ranking: a phrase before scattered words, titles and names before sapo before text, exact diacritics before bare letters;
// of phrases that differ in diacritics only, those that are not meant are left out.
"use strict";
(() => {
  const MOST = 30;
  const WEIGHTS = { title: 10, names: 8, number: 7, summary: 5, text: 2 };
  const PHRASE = { title: 70, names: 60, number: 0, summary: 45, text: 30 };
  const NAMING = new Set(["title", "names"]);
  const OTHER = 0.25; // of what has other diacritics than those that were asked for
  const WORD = /[\p{L}\p{N}]/u;

  // ------------------------------------------------------------------ letters

  // Old places of tones in oa, oe, uy (hòa) become the new ones (hoà); the text keeps its length.
  const TONES = new Map();
  for (const [first, vowel, olds, news] of [
    ["o", "a", "òỏõóọ", "àảãáạ"], ["o", "e", "òỏõóọ", "èẻẽéẹ"], ["u", "y", "ùủũúụ", "ỳỷỹýỵ"],
  ]) [...olds].forEach((old, at) => TONES.set(old + vowel, first + news[at]));
  const OLD_TONE = new RegExp(`(?:${[...TONES.keys()].join("|")})(?!\\p{L})`, "gu");

  // After q the u belongs to the consonant: “quý” has one spelling only.
  const newTone = (found, at, whole) => (at && whole[at - 1] === "q" ? found : TONES.get(found));

  const BARE = new Map();
  const bareLetter = (letter) => {
    if (!BARE.has(letter)) {
      const base = letter === "đ" ? "d" : letter.normalize("NFD").replace(/\p{M}/gu, "");
      BARE.set(letter, base.length === letter.length ? base : letter);
    }
    return BARE.get(letter);
  };
  // Both forms are as long as the text, so that a place in one is a place in the other.
  const exact = (text) => {
    const small = text.toLowerCase();
    return (small.length === text.length ? small : text).replace(OLD_TONE, newTone);
  };
  const bare = (text) => Array.from(exact(text), bareLetter).join("");

  // ------------------------------------------------------------------ the question

  const NUMBER = /^\d[\d.,]*%?$/;
  const plainNumber = (text) => text.replace(/[.\u00a0](?=\d{3}(?!\d))/g, "");
  const ask = (question) => {
    const text = question.normalize("NFC").trim().replace(/\s+/g, " ");
    const words = text.split(/[^\p{L}\p{N}.,%]+/u).map((word) => word.replace(/^[.,]+|[.,]+$/g, "")).filter(Boolean);
    const tokens = words.map((word) => {
      const number = NUMBER.test(word) ? plainNumber(word) : "";
      return { exact: exact(word), bare: bare(word), number, marked: exact(word) !== bare(word) };
    });
    return { text, tokens, exact: exact(text), bare: bare(text) };
  };

  // ------------------------------------------------------------------ the index

  const field = (kind, text, address) => ({ kind, text, address, exact: exact(text), bare: bare(text) });
  const read = (entry) => ({
    entry,
    fields: [
      field("title", entry.t, entry.u),
      ...(entry.n || []).map((name) => field("names", name, entry.u)),
      ...(entry.s ? [field("summary", entry.s, entry.u)] : []),
      ...(entry.p || []).map(([text, anchor]) => field("text", text, anchor ? `${entry.u}#${anchor}` : entry.u)),
    ],
    numbers: (entry.f || []).map(([text, what, address]) => ({
      kind: "number", text: `${text}: ${what}`, address: address || entry.u,
      values: (text.match(/\d[\d.,]*%?/g) || []).map((value) => plainNumber(value.replace(/[.,]+$/, ""))),
    })),
  });

  // Find a word at the beginning of a word; a whole word is better than a beginning.
  const find = (text, word) => {
    let begun = -1;
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      if (at && WORD.test(text[at - 1])) continue;
      const next = text[at + word.length];
      if (!next || !WORD.test(next)) return { at, whole: true };
      if (begun < 0) begun = at;
    }
    return begun < 0 ? null : { at: begun, whole: false };
  };

  const weigh = (token, part) => {
    const precise = find(part.exact, token.exact);
    const loose = precise || find(part.bare, token.bare);
    if (!loose) return null;
    const accent = precise ? 2 : token.marked ? OTHER : 1;
    return { score: WEIGHTS[part.kind] * (loose.whole ? 1 : 0.4) * accent, at: loose.at, length: token.bare.length };
  };

  const best = (token, document) => {
    let found = null;
    for (const part of document.fields) {
      const hit = weigh(token, part);
      if (hit && (!found || hit.score > found.score)) found = { ...hit, part };
    }
    if (token.number) {
      const number = document.numbers.find((one) => one.values.includes(token.number));
      if (number && (!found || WEIGHTS.number * 2 > found.score)) found = { score: WEIGHTS.number * 2, part: number, at: 0, length: 0 };
    }
    return found;
  };

  const isName = (text) => text.split(" ").every((word) => word !== word.toLowerCase());

  const phrase = (question, document) => {
    let found = null;
    if (question.tokens.length < 2) return found;
    for (const part of document.fields) {
      const precise = find(part.exact, question.exact);
      const hit = precise || find(part.bare, question.bare);
      if (!hit) continue;
      const name = isName(part.text.slice(hit.at, hit.at + question.bare.length)) ? 1.4 : 1; // “Đống Đa” before “động đã”
      const score = PHRASE[part.kind] * (hit.whole ? 1 : 0.6) * (precise ? 1.5 : question.exact === question.bare ? 1 : OTHER) * name * (part.bare === question.bare ? 1.5 : 1);
      if (!found || score > found.score) found = { score, part, at: hit.at, length: question.bare.length };
    }
    return found;
  };

  const match = (question, document, order) => {
    const hits = question.tokens.map((token) => best(token, document));
    if (!hits.length || hits.includes(null)) return null;
    const whole = phrase(question, document);
    const score = hits.reduce((sum, hit) => sum + hit.score, whole ? whole.score : 0);
    const shown = whole || hits.reduce((one, other) => (other.score > one.score ? other : one));
    return { document, score, whole, shown, order, together: Boolean(whole) || question.tokens.length < 2 || near(question, document) };
  };

  // All words stand in one title, name or summary.
  const near = (question, document) => document.fields.some(
    (part) => part.kind !== "text" && question.tokens.every((token) => find(part.bare, token.bare)?.whole),
  );

  // How the words of a question are spelt: as it says, if it has diacritics and something has it so; else as titles and
  // names have it: “dong da” means “Đống Đa” and not “hoạt động đã”.
  const spellings = (question, found) => {
    if (question.exact !== question.bare) return [question.exact];
    return found.filter((one) => one.whole && NAMING.has(one.whole.part.kind))
      .map(({ whole: { part, at, length } }) => part.exact.slice(at, at + length));
  };
  const meant = (question, found) => {
    const spelt = [...new Set(spellings(question, found))];
    const has = ({ whole, document }) => !whole || document.fields.some((part) => spelt.some((one) => find(part.exact, one)));
    return found.some((one) => one.whole && has(one)) ? found.filter(has) : found;
  };

  const search = (text, documents) => {
    const question = ask(text);
    const found = documents.map((document, order) => match(question, document, order)).filter(Boolean);
    // Words strewn over a long text say little: they count only when nothing has them together.
    const together = found.filter((one) => one.together);
    return meant(question, together.length ? together : found)
      .sort((one, other) => other.score - one.score || one.order - other.order);
  };

  // ------------------------------------------------------------------ the page

  const form = document.querySelector("[data-tim]");
  if (!form || !window.CHUNGTAY_CHI_MUC) return;
  const input = form.querySelector("input");
  const list = document.getElementById("ket-qua");
  const status = document.getElementById("so-ket-qua");
  const root = form.dataset.goc;
  let documents = null;

  const element = (name, text, type) => {
    const node = document.createElement(name);
    if (text) node.textContent = text;
    if (type) node.className = type;
    return node;
  };

  // Show about a line of the text around the place that was found, the place marked.
  const snippet = ({ part, at, length }) => {
    const node = element("p", "", "kq-doan");
    const from = at > 70 ? part.text.lastIndexOf(" ", at - 50) + 1 : 0;
    const to = Math.min(part.text.length, Math.max(at + length + 90, from + 160));
    node.append((from ? "… " : "") + part.text.slice(from, at));
    if (length) node.append(element("mark", part.text.slice(at, at + length)));
    node.append(part.text.slice(at + length, to) + (to < part.text.length ? "…" : ""));
    return node;
  };

  const result = ({ document: { entry }, shown }) => {
    const item = element("li");
    const head = element("p", "", "kq-tit");
    const link = element("a", entry.t);
    link.href = root + (shown.part.kind === "number" || shown.part.kind === "text" ? shown.part.address : entry.u);
    head.append(link);
    item.append(head, element("p", [entry.k, entry.d].filter(Boolean).join(" · "), "ds-khi"));
    if (shown.part.kind === "number") item.append(element("p", `In con số ${shown.part.text}`, "kq-doan"));
    else if (!entry.t.includes(shown.part.text)) item.append(snippet(shown));
    else if (entry.s) item.append(element("p", entry.s, "kq-doan"));
    return item;
  };

  const say = (found, text) => {
    if (!text) return "";
    if (!found.length) return `Không tìm thấy gì cho “${text}”. Thử ít chữ hơn, hoặc tra theo mục bên dưới.`;
    const more = found.length > MOST ? `, hiện ${MOST} kết quả đầu` : "";
    return `${found.length} kết quả cho “${text}”${more}.`;
  };

  const show = () => {
    const text = input.value.trim();
    documents ||= window.CHUNGTAY_CHI_MUC.map(read);
    const found = text ? search(text, documents) : [];
    list.replaceChildren(...found.slice(0, MOST).map(result));
    list.hidden = !found.length;
    status.textContent = say(found, text);
    try { window.history.replaceState(null, "", text ? `?q=${encodeURIComponent(text)}` : "?"); } catch { /* not from a disk */ }
  };

  let waiting = 0;
  input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(show, 120); });
  form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(waiting); show(); });

  // Arrows walk through the results, Escape leads back to the question.
  document.addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll(".kq-tit a")];
    const at = links.indexOf(document.activeElement);
    const inside = at >= 0 || document.activeElement === input;
    if (!inside || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "ArrowDown" && at + 1 < links.length) links[at + 1].focus();
    else if (event.key === "ArrowUp" && at >= 0) (at ? links[at - 1] : input).focus();
    else if (event.key === "Escape" && at >= 0) input.focus();
    else return;
    event.preventDefault();
  });

  input.value = new URLSearchParams(window.location.search).get("q") || "";
  if (input.value) show();
  else input.focus();
})();
