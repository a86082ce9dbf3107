"use strict";
// Draws the charts that the page carries as data, in the colours of its style sheet.
(async () => {
  const held = document.getElementById("plotly").textContent.trim();
  const packed = Uint8Array.from(atob(held), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const library = document.createElement("script");
  library.textContent = await new Response(stream).text();
  document.head.append(library);

  const charts = JSON.parse(document.getElementById("charts").textContent);
  const config = { displaylogo: false, responsive: true, modeBarButtons: [["toImage"]] };
  const coloured = (value, style) => {
    if (typeof value === "string") {
      const name = /^var\((--[a-z]+)\)$/.exec(value);
      return name ? style.getPropertyValue(name[1]).trim() : value;
    }
    if (Array.isArray(value)) return value.map((each) => coloured(each, style));
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, coloured(each, style)]));
  };
  const draw = () => {
    const style = getComputedStyle(document.documentElement);
    return Promise.all(Object.entries(charts).map(([name, figure]) => {
      const { data, layout } = coloured(figure, style);
      return Plotly.react(`chart-${name}`, data, layout, config);
    }));
  };
  const offer = (name, views) => {
    const row = document.createElement("div");
    row.className = "views";
    row.append(...views.map(({ title, visible }, index) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = title;
      button.setAttribute("aria-pressed", index === 0);
      button.addEventListener("click", () => {
        for (const each of row.children) each.setAttribute("aria-pressed", each === button);
        visible.forEach((seen, place) => { charts[name].data[place].visible = seen; });
        draw();
      });
      return button;
    }));
    document.getElementById(`chart-${name}`).before(row);
  };
  for (const [name, { views }] of Object.entries(charts)) if (views.length) offer(name, views);
  await draw();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  document.documentElement.dataset.drawn = "yes";
})();
