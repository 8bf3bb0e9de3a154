"use strict";
// What the terminal's own script does not do: it finds the server at the page's own address, says in
// Chinese why a session ended, and asks before a page with something typed in it is closed.
(() => {
  const terminal = document.getElementById("terminal");
  const secure = location.protocol === "https:";
  terminal.dataset.sessionWebsocketUrl = `${secure ? "wss:" : "ws:"}//${location.host}/ws`;

  // Characters are drawn once and kept: the font of the first picture must be there before it.
  document.fonts.load('16px "fazhi narrow"', "“").catch(() => {});

  // The token has done its work: a cookie stands for it, and it must not stay in the address bar.
  history.replaceState(null, "", "/");

  let running = false;
  const Socket = window.WebSocket;
  window.WebSocket = class extends Socket {
    constructor(...words) {
      super(...words);
      this.addEventListener("open", () => {
        running = true;
        // Keys reach the program at once, without a click into the page.
        document.querySelector(".xterm-helper-textarea")?.focus();
      });
      this.addEventListener("close", (event) => {
        const lost = running ? "与服务器的连接断了。" : "连不上：服务已停止，或者没有权限。请用最近给出的地址再打开。";
        running = false;
        document.getElementById("why").textContent = event.reason || lost;
        document.getElementById("again").focus();
      });
    }
  };
  document.getElementById("again").addEventListener("click", () => location.reload());

  // Ctrl+V pastes, as everywhere in a browser; the terminal would take it for a key of the program.
  document.addEventListener("keydown", (event) => {
    const paste = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "v";
    if (paste) event.stopImmediatePropagation();
  }, true);

  // Ctrl+W is the browser's; where something may be half typed it is asked first.
  window.addEventListener("beforeunload", (event) => {
    if (running && document.body.dataset.writable === "yes") event.preventDefault();
  });
})();
