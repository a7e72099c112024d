// This page may stand at any address of a host and does not know in which folder the site lies: the first one, from the
// host's own downwards, that has the icon of the site is it, and the links of the page then begin there.
"use strict";
addEventListener("DOMContentLoaded", () => {
  const MOST = 12; // folders that are tried
  const mark = document.querySelector("link[rel=icon]").getAttribute("href").slice(1);
  const parts = location.pathname.split("/").slice(1, -1).slice(0, MOST);
  const folders = ["/", ...parts.map((_, last) => `/${parts.slice(0, last + 1).join("/")}/`)];
  const lead = (folder) => {
    for (const name of ["href", "action"]) {
      for (const node of document.querySelectorAll(`[${name}^="/"]`)) node.setAttribute(name, folder + node.getAttribute(name).slice(1));
    }
  };
  const attempt = ([folder, ...rest]) => {
    if (!folder) return;
    const icon = new Image();
    icon.onload = () => lead(folder);
    icon.onerror = () => attempt(rest);
    icon.src = folder + mark;
  };
  attempt(folders);
});
