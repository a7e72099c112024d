// The QR of a PDF leads here with the code of its edition: say what has become of that version.
"use strict";
(() => {
  const asked = new URLSearchParams(window.location.search);
  const digest = (asked.get("d") || "").toLowerCase();
  const answer = document.getElementById("tra-loi");
  if (!answer || !/^[0-9a-f]{8,64}$/.test(digest)) return;

  const rows = [...document.querySelectorAll("[data-ma]")];
  const key = asked.get("k");
  const found = rows.find((row) => row.dataset.ma.startsWith(digest) && (!key || row.dataset.anPham === key));
  const SAID = {
    published: "Đây là bản mới nhất đã công bố của ấn phẩm.",
    corrected: "Đây là bản mới nhất, đã đính chính, của ấn phẩm.",
    withdrawn: "Ấn phẩm này đã được thu hồi, không dùng để đăng tải hay trích dẫn.",
    "": "Bản này đã được thay bằng bản mới hơn; hãy dùng bản mới.",
  };
  const text = found
    ? SAID[found.dataset.cuoi]
    : "Không có mã này trong danh sách đã công bố: bản in chưa được công bố, hoặc không phải của chúng tôi.";
  answer.textContent = text;
  answer.hidden = false;
  answer.classList.toggle("duoc", Boolean(found) && ["published", "corrected"].includes(found.dataset.cuoi));
  if (found) {
    found.classList.add("chon");
    const link = found.querySelector("a").cloneNode(true);
    answer.append(" ", link);
  }
})();
