/** One line of Prometheus' text format. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The name and the labels as they stand there, which is what makes a series. */
  readonly id: string;
  readonly value: number;
}

const LINE = /^([a-z][a-z0-9_]*)(?:\{(.*)\})? (\S+)$/;

/** All samples of a text; throws at a line that is none. */
export const readSamples = (text: string): Sample[] =>
  text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name, labels = '', value] = LINE.exec(line) ?? [];
      if (name === undefined) throw new Error(`no sample: ${line}`);
      const pairs = [...labels.matchAll(/([a-z_]+)="([^"]*)"/g)];
      return {
        name,
        labels: Object.fromEntries(pairs.map(([, label = '', text = '']) => [label, text])),
        id: labels === '' ? name : `${name}{${labels}}`,
        value: Number(value),
      };
    });
