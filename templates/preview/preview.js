// Reloads the page when the program has made a newer one, and says what is going on meanwhile.
"use strict";
(() => {
  const RETRY = 1500;
  const mark = document.querySelector('meta[name="xem-thu"]').content;
  const channel = () => {
    const page = encodeURIComponent(decodeURI(location.pathname));
    return new EventSource(`/su-kien?trang=${page}&dau=${encodeURIComponent(mark)}`);
  };
  const say = (text) => {
    const place = document.getElementById("xem-thu-tinh-trang");
    if (place && place.textContent !== text) place.textContent = text;
  };

  const listen = () => {
    const source = channel();
    source.addEventListener("tai-lai", () => { source.close(); location.reload(); });
    source.addEventListener("dang-dung", () => say("Đang dựng lại…"));
    source.addEventListener("xong", () => say("Tự tải lại khi bạn lưu tệp"));
    source.addEventListener("error", () => {
      say("Máy xem thử đã dừng");
      if (source.readyState === EventSource.CLOSED) setTimeout(listen, RETRY);
    });
    addEventListener("pagehide", () => source.close(), { once: true });
  };

  // A page that the browser kept while another was looked at has lost its channel.
  addEventListener("pageshow", (event) => { if (event.persisted) listen(); });
  document.addEventListener("DOMContentLoaded", listen);
})();
