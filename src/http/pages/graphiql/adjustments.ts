/** What GraphiQL as it comes does not do well, mended from outside. */

const STYLES = [
  /**
   * In this build, tabs can be dragged. After a change of their list's size, a tab has a wrong position: it jumps
   * there at a press, and the click misses it (motiondivision/motion#3823). So tabs cannot move here.
   */
  '.graphiql-tab { transform: none !important; }',
  // All tabs of the examples fit at 1280 pixels: only the open one has a button that closes it.
  '.graphiql-tab:not(.graphiql-tab-active) .graphiql-tab-close { display: none; }',
  '.graphiql-tab:not(.graphiql-tab-active) .graphiql-tab-button { padding-right: var(--px-8); }',
  // The title takes one line; where there is no place for it, the tabs are worth more.
  '.graphiql-logo { white-space: nowrap; }',
  '.graphiql-plugin:not(:empty) ~ .graphiql-sessions .graphiql-logo { display: none; }',
  `@media (max-width: 1000px) {
    .graphiql-logo { display: none; }
  }`,
  // The keys that begin a search of the documentation are there to be read.
  `@media (min-width: 1000px), (max-width: 700px) {
    .graphiql-doc-explorer-search input { min-width: 80px; }
  }`,
  // On a tablet and a phone the result stands below the query, on a phone the documentation above both.
  `@media (max-width: 900px) {
    .graphiql-container #graphiql-session { flex-direction: column; }
    .graphiql-container #graphiql-session > * { min-height: 0; }
    .graphiql-container .graphiql-editors { overflow: hidden; }
    .graphiql-container #graphiql-session > .graphiql-horizontal-drag-bar { display: none; }
  }`,
  `@media (max-width: 700px) {
    .graphiql-container .graphiql-main { flex-direction: column; }
    .graphiql-container .graphiql-main > * { min-height: 0; }
    .graphiql-container .graphiql-horizontal-drag-bar { display: none; }
  }`,
];

/** Of the script that starts it. `panes`: the pane that an example's tab talks about, by the name on the tab. */
const script = (panes: Readonly<Record<string, string>>): string => `
document.addEventListener('pointerdown', (event) => {
  if (event.target.closest('.graphiql-tab')) event.stopPropagation();
}, { capture: true });
// The pane that a tab talks about is open, after a reload as well. Who has closed the panes keeps them closed where a tab needs none.
const panes = ${JSON.stringify(panes)};
const titleOfOpenTab = () => {
  const { tabs = [], activeTabIndex } = JSON.parse(sessionStorage['graphiql:tabState'] ?? '{}');
  return tabs[activeTabIndex]?.title;
};
// A panel at the side leaves the tabs less place: the open one stays in sight.
const showOpenTab = () =>
  document.querySelector('.graphiql-tab-active')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
document.addEventListener('click', (event) => {
  if (event.target.closest('.graphiql-sidebar')) requestAnimationFrame(showOpenTab);
  const pane = panes[event.target.closest('.graphiql-tab-button')?.textContent];
  const tools = document.querySelector('.graphiql-editor-tools');
  if (pane === 'variables' || (pane && tools?.querySelector('.active')))
    tools?.querySelector(\`[data-name="\${pane}"]\`)?.click();
});
`;

/**
 * GraphiQL's documentation reads `defaultValue` of arguments, which the graphql-js in this build has in `default`.
 */
const withDefaults = (js: string): string =>
  js.replaceAll(
    /this\.defaultValue=(\w+)\.defaultValue,/g,
    'this.defaultValue=$1.defaultValue??$1.default?.literal?.value,',
  );

export const ADJUSTMENTS = { css: STYLES.join('\n'), script, withDefaults };
