// Sets the colours before the first paint. A file of its own, because the page allows no inline script.
(() => {
  let chosen = null;
  try {
    chosen = window.localStorage.getItem('penstock.colour-scheme');
  } catch {
    // Storage may be closed to us; the system's choice stands.
  }
  const dark = window.matchMedia('(prefers-color-scheme: dark)').matches;
  const scheme = chosen === 'light' || chosen === 'dark' ? chosen : dark ? 'dark' : 'light';
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
})();
