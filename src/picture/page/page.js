// What the page can do beyond showing itself: zoom, pan, search, filter, and the quotes of what is picked beside the picture.
// Text is only ever moved (textContent, cloneNode), never read as markup: whatever a document says stays text.
(() => {
  "use strict";
  const frame = document.querySelector(".frame");
  const svg = frame && frame.querySelector("svg");
  if (!svg) return;

  const make = (name, properties, ...children) => {
    const element = document.createElement(name);
    Object.assign(element, properties);
    element.append(...children);
    return element;
  };
  const links = [...svg.querySelectorAll("a[data-node],a[data-edge]")].map((element) => ({
    element,
    isNode: "node" in element.dataset,
    kind: element.dataset.kind,
    from: element.dataset.from || "",
    to: element.dataset.to || "",
    text: element.querySelector("title").textContent,
    label: null,
  }));
  const nodes = new Map(links.filter((one) => one.isNode).map((one) => [one.element.dataset.node, one]));
  const edges = links.filter((one) => !one.isNode);
  const byElement = new Map(links.map((one) => [one.element, one]));
  const labels = new Map([...svg.querySelectorAll(".pg-type")].map((element) => [element.dataset.of, element]));
  for (const edge of edges) {
    edge.source = nodes.get(edge.element.dataset.source);
    edge.target = nodes.get(edge.element.dataset.target);
    edge.label = labels.get(edge.element.dataset.edge) || null;
  }
  // A node is told by what is after its label, an edge by its type.
  const captionOf = (one) => (one.isNode ? one.text.slice(one.kind.length).trim() || one.text : one.kind);

  // ---- light or dark: a notebook's theme is not the browser's, and nothing of the notebook can be read from here. Its style sheet says it by
  // the height of the frame: six pixels more than asked for is dark, twelve light (python/policygraph/view.py).
  const page = document.documentElement;
  const asked = Number(page.dataset.height || 0);
  const dress = () => { page.dataset.theme = ["", "dark", "light"][Math.round((window.innerHeight - asked) / 6)] || ""; };
  if (asked > 0) {
    dress();
    // A frame's first layout is no "resize", and may come after this: an element as high as the frame tells of every height.
    const ruler = document.body.appendChild(document.createElement("div"));
    ruler.style.cssText = "position:fixed;top:0;bottom:0;width:0;visibility:hidden";
    new ResizeObserver(dress).observe(ruler);
  }

  // ---- where one looks
  const whole = svg.viewBox.baseVal;
  const home = { x: whole.x, y: whole.y, width: whole.width, height: whole.height };
  const view = { ...home };
  const show = () => svg.setAttribute("viewBox", [view.x, view.y, view.width, view.height].join(" "));
  const at = (event) => new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  const middle = () => ({ x: view.x + view.width / 2, y: view.y + view.height / 2 });
  const zoom = (factor, point = middle()) => {
    const width = Math.min(Math.max(view.width * factor, 80), home.width * 3);
    const real = width / view.width;
    Object.assign(view, {
      x: point.x - (point.x - view.x) * real, y: point.y - (point.y - view.y) * real, width, height: view.height * real,
    });
    show();
  };
  const fit = () => { Object.assign(view, home); show(); };
  const centreOf = (one) => {
    const box = one.element.getBBox();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const bringIntoView = (one, isNear) => {
    const centre = centreOf(one);
    const edge = 0.08;
    const isInside = centre.x > view.x + view.width * edge && centre.x < view.x + view.width * (1 - edge) &&
      centre.y > view.y + view.height * edge && centre.y < view.y + view.height * (1 - edge);
    if (isInside && !isNear) return;
    if (isNear && view.width > 900) zoom(900 / view.width);
    Object.assign(view, { x: centre.x - view.width / 2, y: centre.y - view.height / 2 });
    show();
  };

  // ---- pointer: drag to pan, wheel or two fingers to zoom
  const fingers = new Map();
  let isDragged = false;
  frame.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    fingers.set(event.pointerId, event);
    isDragged = false;
  });
  frame.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    if (!isDragged && Math.hypot(event.clientX - before.clientX, event.clientY - before.clientY) < 5) return;
    if (!isDragged) frame.setPointerCapture(event.pointerId);
    isDragged = true;
    frame.classList.add("moves");
    const other = [...fingers].find(([id]) => id !== event.pointerId);
    if (other) {
      const gap = (one) => Math.hypot(one.clientX - other[1].clientX, one.clientY - other[1].clientY);
      zoom(gap(before) / Math.max(gap(event), 1), at(event));
    } else {
      const a = at(before), b = at(event);
      Object.assign(view, { x: view.x + a.x - b.x, y: view.y + a.y - b.y });
      show();
    }
    fingers.set(event.pointerId, event);
  });
  const lift = (event) => {
    fingers.delete(event.pointerId);
    frame.classList.remove("moves");
  };
  frame.addEventListener("pointerup", lift);
  frame.addEventListener("pointercancel", lift);
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  // A wheel over a picture that is not in use scrolls the page.
  frame.addEventListener("wheel", (event) => {
    if (!(event.ctrlKey || event.metaKey || frame.matches(":focus-within"))) return;
    event.preventDefault();
    zoom(Math.exp(Math.max(-60, Math.min(60, event.deltaY)) / 250), at(event));
  }, { passive: false });

  // ---- what is picked, and its quotes
  const panel = make("aside", { className: "panel", hidden: true, tabIndex: -1 });
  panel.setAttribute("aria-label", "Quotes");
  panel.setAttribute("aria-live", "polite");
  let picked = null;
  const mark = (one) => {
    for (const element of svg.querySelectorAll(".picked,.near")) element.classList.remove("picked", "near");
    svg.classList.toggle("picks", one !== null);
    if (one === null) return;
    one.element.classList.add("picked");
    const near = one.isNode ? edges.filter((edge) => edge.source === one || edge.target === one) : [one];
    for (const edge of near)
      for (const part of [edge.element, edge.label, edge.source.element, edge.target.element]) if (part) part.classList.add("near");
    one.element.classList.add("near");
  };
  const pickButton = (one, text) => make("button", { type: "button", onclick: () => { pick(one); bringIntoView(one, false); } }, text);
  const facts = (row) => {
    const names = [...row.closest("table").querySelectorAll("thead th")].map((cell) => cell.textContent);
    const list = make("dl", {});
    [...row.children].forEach((cell, i) => {
      const text = cell.textContent.trim();
      if (cell.querySelector("details") || text === "" || names[i] === "from" || names[i] === "to") return;
      list.append(make("dt", {}, names[i]), make("dd", {}, text));
    });
    return list;
  };
  const quotesOf = (one) => {
    const row = document.getElementById(one.isNode ? "n" + one.element.dataset.node : "e" + one.element.dataset.edge);
    const details = row && row.querySelector("details");
    if (!details) return [make("p", { className: "soft" }, "The tables of this page are cut and do not hold it.")];
    const words = [...details.children].filter((child) => child.tagName !== "SUMMARY").map((child) => child.cloneNode(true));
    return one.isNode ? words : [...words, facts(row)];
  };
  const pick = (one) => {
    picked = one;
    mark(one);
    panel.replaceChildren(make("button", { type: "button", className: "close", onclick: drop }, "close"));
    if (one.isNode) {
      panel.append(make("h3", {}, captionOf(one)), make("p", { className: "soft" }, one.kind), ...quotesOf(one));
      const own = edges.filter((edge) => edge.source === one || edge.target === one);
      panel.append(make("ul", { className: "edges" }, ...own.map((edge) => make("li", {},
        pickButton(edge, edge.source === one ? edge.kind + " → " + captionOf(edge.target) : captionOf(edge.source) + " → " + edge.kind)))));
    } else {
      panel.append(make("h3", {}, one.kind), make("p", {}, pickButton(one.source, captionOf(one.source)), " → ",
        pickButton(one.target, captionOf(one.target))), ...quotesOf(one));
    }
    panel.hidden = false;
    panel.scrollTop = 0;
    panel.parentElement.classList.add("open");
    panel.scrollIntoView({ block: "nearest" });
    if (view.width > 1400) bringIntoView(one, true);  // too far off to be read
  };
  const drop = () => {
    const before = picked;
    picked = null;
    mark(null);
    panel.hidden = true;
    panel.parentElement.classList.remove("open");
    if (before) focusOn(before);
  };
  const goTo = (id) => {
    const target = document.getElementById(id);
    if (!target) return;
    for (const element of document.querySelectorAll(".here")) element.classList.remove("here");
    if (target.tagName === "TR") target.classList.add("here");
    const details = target.querySelector("details");
    if (details && target.tagName === "TR") details.open = true;
    target.scrollIntoView({ block: "center" });
    const focus = target.querySelector("summary,a");
    if (focus) focus.focus({ preventScroll: true });
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a");
    if (!link) return;
    const one = byElement.get(link);
    const address = link.getAttribute("href") || "";
    if (!one && !address.startsWith("#")) return;
    event.preventDefault();
    if (!one) goTo(address.slice(1));
    else if (!isDragged || event.detail === 0) { focusOn(one); pick(one); }
  });

  // ---- keyboard: one stop for the whole picture, arrows from node to node
  const focusOn = (one) => {
    for (const other of links) other.element.setAttribute("tabindex", other === one ? "0" : "-1");
    one.element.focus({ preventScroll: true });
  };
  const isShown = (one) => !one.element.classList.contains("off");
  const kWays = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const next = (from, way) => {
    const start = centreOf(from);
    let best = null, least = Infinity;
    for (const one of nodes.values()) {
      if (one === from || !isShown(one)) continue;
      const centre = centreOf(one), x = centre.x - start.x, y = centre.y - start.y;
      const along = x * way[0] + y * way[1], across = Math.abs(x * way[1] + y * way[0]);
      if (along > 0 && along + 2 * across < least) { best = one; least = along + 2 * across; }
    }
    return best;
  };
  frame.addEventListener("keydown", (event) => {
    const here = byElement.get(document.activeElement);
    const way = kWays[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "+" || event.key === "=") zoom(0.8);
    else if (event.key === "-") zoom(1.25);
    else if (event.key === "0") fit();
    else if (event.key === "Escape") drop();
    else if (event.key === " " && here) pick(here);
    else if (way && here) {
      const one = next(here.isNode ? here : here.source, way);
      if (one) { focusOn(one); bringIntoView(one, false); }
    } else if (way) {
      Object.assign(view, { x: view.x + way[0] * view.width * 0.1, y: view.y + way[1] * view.height * 0.1 });
      show();
    } else return;
    event.preventDefault();
  });
  panel.addEventListener("keydown", (event) => { if (event.key === "Escape") drop(); });

  // ---- filters and search
  const off = new Set();
  const years = { from: "", to: "" };
  let isDatedOnly = false;
  const isDated = (one) => one.from !== "" || one.to !== "";
  const isOfTime = (one) => (isDated(one) ? (years.to === "" || one.from <= years.to + "-12-31") &&
    (years.from === "" || one.to === "" || one.to >= years.from + "-01-01") : !isDatedOnly);
  const hide = (one, isHidden) => {
    one.element.classList.toggle("off", isHidden);
    if (one.label) one.label.classList.toggle("off", isHidden);
  };
  const filter = () => {
    for (const one of nodes.values()) hide(one, off.has("node " + one.kind) || !isOfTime(one));
    for (const one of edges)
      hide(one, off.has("edge " + one.kind) || (isDated(one) && !isOfTime(one)) || !isShown(one.source) || !isShown(one.target));
    const shown = [...nodes.values()].filter(isShown).length;
    count.textContent = shown === nodes.size ? "" : shown + " of " + nodes.size + " nodes shown";
  };
  let found = [], turn = 0;
  const find = (text) => {
    const wanted = text.trim().toLowerCase();
    svg.classList.toggle("searches", wanted !== "");
    for (const one of links) one.element.classList.toggle("found", wanted !== "" && one.text.toLowerCase().includes(wanted));
    found = wanted === "" ? [] : [...nodes.values()].filter((one) => isShown(one) && one.element.classList.contains("found"));
    turn = 0;
    count.textContent = wanted === "" ? "" : found.length + (found.length === 1 ? " node found" : " nodes found");
  };
  const goToFound = () => {
    if (found.length === 0) return;
    const one = found[turn++ % found.length];
    bringIntoView(one, true);
    focusOn(one);
    pick(one);
  };
  const count = make("output", { className: "soft" });
  const search = make("input", { type: "search", placeholder: "search", oninput: () => find(search.value) });
  search.setAttribute("aria-label", "Search the picture; Enter goes to the next match");
  search.addEventListener("keydown", (event) => { if (event.key === "Enter") goToFound(); });
  const kindsOf = (all, prefix) => {
    const counts = new Map();
    for (const one of all) counts.set(one.kind, (counts.get(one.kind) || 0) + 1);
    return [...counts].sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(([kind, number]) => {
      const box = make("input", { type: "checkbox", checked: true });
      box.addEventListener("change", () => { off[box.checked ? "delete" : "add"](prefix + kind); filter(); });
      return make("label", {}, box, kind || "without label", make("span", { className: "count" }, String(number)));
    });
  };
  const year = (name, key) => {
    const input = make("input", { type: "number", min: 1, max: 9999, placeholder: name });
    input.setAttribute("aria-label", name + " year");
    input.addEventListener("input", () => { years[key] = input.value === "" ? "" : input.value.padStart(4, "0"); filter(); });
    return input;
  };
  const button = (text, label, action) => {
    const element = make("button", { type: "button", onclick: action }, text);
    element.setAttribute("aria-label", label);
    return element;
  };
  const dated = make("input", { type: "checkbox" });
  dated.addEventListener("change", () => { isDatedOnly = dated.checked; filter(); });
  const times = make("fieldset", {}, make("legend", {}, "years"), year("from", "from"), "–", year("to", "to"), make("label", {}, dated, "dated only"));
  const tools = make("div", { className: "tools" },
    make("div", {}, search, button("+", "zoom in", () => zoom(0.8)), button("−", "zoom out", () => zoom(1.25)), button("fit", "show all", fit)),
    ...(links.some(isDated) ? [times] : []), count,
    make("details", {}, make("summary", {}, "types, and how to move"),
      make("fieldset", {}, make("legend", {}, "nodes"), ...kindsOf(nodes.values(), "node ")),
      make("fieldset", {}, make("legend", {}, "edges"), ...kindsOf(edges, "edge ")),
      make("p", { className: "soft" }, "Click a node or an edge to read its quotes. Drag to move; click the picture, then turn the wheel to zoom. " +
        "Keys: arrows go from node to node, Enter opens, Escape closes, + − 0 zoom.")));

  // ---- begin
  document.documentElement.classList.add("live");
  svg.style.minWidth = "0";
  svg.setAttribute("preserveAspectRatio", "xMidYMid meet");
  for (const one of links) one.element.setAttribute("tabindex", "-1");
  for (const edge of edges) {  // a line is thin to click on
    const line = edge.element.querySelector("path");
    const hit = document.createElementNS(line.namespaceURI, "path");
    hit.setAttribute("class", "pg-hit");
    hit.setAttribute("d", line.getAttribute("d"));
    line.before(hit);
  }
  if (nodes.size > 0) nodes.values().next().value.element.setAttribute("tabindex", "0");
  const around = make("div", { className: "view" });
  frame.before(tools, around);
  around.append(frame, panel);
})();
