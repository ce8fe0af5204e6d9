// A script of its own, loaded before the first paint: the page's policy allows none inside the page, and a chosen theme must not flash.
try {
  const theme = localStorage.getItem('missions/theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {}
