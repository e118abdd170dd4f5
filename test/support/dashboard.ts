import { readFileSync } from 'node:fs';

interface Panel {
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: {
    readonly x: number;
    readonly y: number;
    readonly w: number;
    readonly h: number;
  };
  readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[];
}
interface Dashboard {
  readonly panels: readonly Panel[];
  readonly templating: {
    readonly list: readonly { readonly name: string; readonly query: unknown }[];
  };
}

/** The dashboard for Grafana, as it is imported there. */
export const dashboard = JSON.parse(
  readFileSync('deploy/grafana/dashboard.json', 'utf8'),
) as Dashboard;

/** Its panels that show something; the others are headings. */
export const panels = dashboard.panels.filter(({ type }) => type !== 'row');

/** Every expression, with the title of its panel. */
export const expressions = panels.flatMap(({ title, targets = [] }) =>
  targets.map(({ expr, legendFormat }) => ({ title, expr, legendFormat })),
);
