// Suggestions under the search box (WAI-ARIA combobox with a list). Without this the box is a plain form.

const DELAY_MS = 120;

function listFor(box) {
  const list = document.createElement("ul");
  list.id = `${box.id}-suggestions`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.dataset.suggestionsLabel);
  list.hidden = true;
  box.closest("form").append(list);
  return list;
}

function install(box) {
  const list = listFor(box);
  let chosen = -1;
  let waiting = 0;
  let requested = "";

  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
  })) {
    box.setAttribute(name, value);
  }

  function close() {
    clearTimeout(waiting);
    requested = ""; // an answer on its way opens nothing
    list.hidden = true;
    chosen = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  }

  function choose(index) {
    const options = [...list.children];
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    chosen = index;
    if (index < 0) box.removeAttribute("aria-activedescendant");
    else box.setAttribute("aria-activedescendant", options[index].id);
  }

  function show(suggestions) {
    list.replaceChildren(
      ...suggestions.map((suggestion, at) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${at}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.url = suggestion.url;
        const text = document.createElement("span");
        text.textContent = suggestion.text;
        const kind = document.createElement("span");
        kind.className = "suggestion-kind";
        kind.textContent = box.getAttribute(`data-kind-${suggestion.kind.replace("_", "-")}`) ?? "";
        option.append(text, kind);
        option.addEventListener("pointerdown", (event) => {
          event.preventDefault();
          location.assign(suggestion.url);
        });
        return option;
      }),
    );
    chosen = -1;
    list.hidden = suggestions.length === 0;
    box.setAttribute("aria-expanded", String(suggestions.length > 0));
    box.removeAttribute("aria-activedescendant");
  }

  async function ask() {
    const typed = box.value.trim();
    requested = typed;
    if (typed.length < 2) return close();
    try {
      const answer = await fetch(`${box.dataset.suggestions}?${new URLSearchParams({ q: typed })}`);
      const { suggestions } = answer.ok ? await answer.json() : { suggestions: [] };
      if (requested === typed && document.activeElement === box) show(suggestions);
    } catch {
      close(); // no connection: the form still works
    }
  }

  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, DELAY_MS);
  });
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    const last = list.children.length - 1;
    if (event.key === "Escape" && list.hidden) {
      close(); // the browser itself empties the box
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (event.key === "ArrowDown" && !list.hidden) {
      event.preventDefault();
      choose(chosen === last ? -1 : chosen + 1);
    } else if (event.key === "ArrowUp" && !list.hidden) {
      event.preventDefault();
      choose(chosen < 0 ? last : chosen - 1);
    } else if (event.key === "Enter" && chosen >= 0 && !list.hidden) {
      event.preventDefault();
      location.assign(list.children[chosen].dataset.url);
    }
  });
}

document.querySelectorAll("input[data-suggestions]").forEach(install);
