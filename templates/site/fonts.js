// On a host, ask at once for the faces that the top of a page is set in, so that its lines do not move when they come.
// On a disk they come quickly enough, and browsers allow no such asking. `data-chu` is the folder of the faces.
"use strict";
if (window.location.protocol.startsWith("http")) {
  for (const name of document.currentScript.dataset.ten.split(" ")) {
    const link = Object.assign(document.createElement("link"), { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "" });
    link.href = `${document.currentScript.dataset.chu}${name}.woff2`;
    document.head.append(link);
  }
}
