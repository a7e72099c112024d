// Text size and contrast, remembered on this device; printing; Escape closes an opened proof.
// Loaded in the head so that a saved choice is there before the first paint. Without it the page lacks only the buttons.
"use strict";
(() => {
  const root = document.documentElement;
  const SIZES = ["90", "100", "115", "130", "150", "175", "200"];
  const NORMAL = "100";
  const CONTRASTS = { cao: "Tương phản cao", diu: "Tương phản dịu", "": "Tương phản bình thường" };

  // Storage may be forbidden; then the choice lasts as long as the page.
  const saved = (name) => {
    try { return localStorage.getItem(`chungtay.${name}`) || ""; } catch { return ""; }
  };
  const save = (name, value) => {
    try { localStorage.setItem(`chungtay.${name}`, value); } catch { /* lasts as long as the page */ }
  };

  const size = () => root.dataset.coChu || NORMAL;
  const setSize = (value) => { root.dataset.coChu = SIZES.includes(value) ? value : NORMAL; };
  const contrast = () => root.dataset.tuongPhan || "";
  const setContrast = (value) => {
    if (value && value in CONTRASTS) root.dataset.tuongPhan = value;
    else delete root.dataset.tuongPhan;
  };

  const restore = () => { setSize(saved("co-chu")); setContrast(saved("tuong-phan")); };

  const showState = () => {
    const at = SIZES.indexOf(size());
    for (const button of document.querySelectorAll("[data-doi-co-chu]")) {
      const step = button.dataset.doiCoChu;
      if (step === "thuong") button.setAttribute("aria-pressed", String(size() === NORMAL));
      else button.setAttribute("aria-disabled", String(step === "nho" ? at === 0 : at === SIZES.length - 1));
    }
    for (const button of document.querySelectorAll("[data-doi-tuong-phan]")) {
      button.setAttribute("aria-pressed", String(button.dataset.doiTuongPhan === contrast()));
    }
  };

  const say = (text) => { document.getElementById("tinh-trang").textContent = text; };

  const resize = (step) => {
    const at = SIZES.indexOf(size());
    const next = { nho: Math.max(at - 1, 0), thuong: SIZES.indexOf(NORMAL), lon: Math.min(at + 1, SIZES.length - 1) };
    setSize(SIZES[next[step]]);
    save("co-chu", size());
    say(`Cỡ chữ ${size()}%`);
  };

  const recolour = (wanted) => {
    setContrast(contrast() === wanted ? "" : wanted);
    save("tuong-phan", contrast());
    say(CONTRASTS[contrast()]);
  };

  const press = (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.doiCoChu) resize(button.dataset.doiCoChu);
    if (button.dataset.doiTuongPhan) recolour(button.dataset.doiTuongPhan);
    if ("in" in button.dataset) window.print();
    showState();
  };

  const closeProof = (event) => {
    if (event.key === "Escape") document.querySelector(".nguon:target .dong")?.click();
  };

  restore();
  root.classList.add("co-js");
  document.addEventListener("DOMContentLoaded", showState);
  document.addEventListener("click", press);
  document.addEventListener("keydown", closeProof);
  // Back from the ledger page, where the choice may have been changed.
  window.addEventListener("pageshow", () => { restore(); showState(); });
})();
