// Colours as the system has them, light, or dark; remembered where the browser allows it.
export function dressed(button) {
  const themes = ["system", "light", "dark"];
  const stored = () => {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null;
    }
  };
  const dress = (theme) => {
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    button.textContent = "Theme: " + (theme === "system" ? "as the system" : theme);
    button.dataset.now = theme;
  };
  dress(themes.includes(stored()) ? stored() : "system");
  button.hidden = false;
  button.addEventListener("click", () => {
    const next = themes[(themes.indexOf(button.dataset.now) + 1) % themes.length];
    try {
      localStorage.setItem("theme", next);
    } catch {
      // No storage for this file.
    }
    dress(next);
  });
}
