/* Smart Router: a link to its page in Open WebUI's admin header and in the list of admin settings.
   Both places exist for administrators only, so there is nothing to ask about roles here. */
(() => {
  const PAGE = '/admin/observability';
  const ID = 'smart-router-link';

  const link = (like, className) => {
    const a = document.createElement('a');
    a.href = PAGE;
    a.className = className;
    a.draggable = false;
    /* Not a page of the single-page application: the browser itself must go there. */
    a.setAttribute('data-sveltekit-reload', '');
    a.dataset[like] = '';
    return a;
  };

  const addToHeader = () => {
    const settings = document.querySelector('a[href="/admin/settings"]');
    const row = settings?.parentElement;
    if (!row || row.querySelector(`[data-${ID}-header]`)) return;
    /* Like a link that is not the present page: ours never is one of theirs. */
    const other = [...row.querySelectorAll('a')].find((a) => a.className.includes('hover:'));
    const a = link('smartRouterLinkHeader', (other ?? settings).className);
    a.textContent = 'Observability';
    row.insertBefore(a, settings);
  };

  const addToSettings = () => {
    const tab = document.querySelector('button[aria-controls="tab-admin-connections"]');
    const list = tab?.parentElement;
    if (!list || list.querySelector(`[data-${ID}-settings]`)) return;
    const a = link('smartRouterLinkSettings', tab.className);
    const icon = tab.querySelector('svg');
    if (icon) {
      const chart = icon.cloneNode(false);
      chart.setAttribute('viewBox', '0 0 24 24');
      chart.setAttribute('fill', 'none');
      chart.setAttribute('stroke', 'currentColor');
      const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
      path.setAttribute('d', 'M4 20V11M10 20V4M16 20v-6M21 20H3');
      path.setAttribute('stroke-linecap', 'round');
      chart.appendChild(path);
      (icon.parentElement === tab ? a : a.appendChild(icon.parentElement.cloneNode(false))).appendChild(chart);
    }
    const name = document.createElement('span');
    name.textContent = 'Observability';
    a.appendChild(name);
    list.insertBefore(a, tab);
  };

  let due = false;
  const look = () => {
    due = false;
    addToHeader();
    addToSettings();
  };
  new MutationObserver(() => {
    if (due) return;
    due = true;
    requestAnimationFrame(look);
  }).observe(document.documentElement, { childList: true, subtree: true });
  look();
})();
