import { readFileSync } from 'node:fs';

/** One fenced block of a page. */
export interface Block {
  /** What follows the fence: `sh`, `graphql`, `json` … */
  readonly language: string;
  /** The file that a reader is to save it as, which stands behind the language; undefined: none. */
  readonly name: string | undefined;
  readonly text: string;
  /** Where it begins, such as `README.md:17`. */
  readonly place: string;
}

/** What stands below a heading of the second level; what stands above the first has the title ''. */
export interface Section {
  readonly title: string;
  readonly blocks: readonly Block[];
}

const FENCE = /^(```+)([a-z]*)(?: (\S+))?$/;

/**
 * The sections of a page, with their blocks.
 *
 * @throws Error for a fence that is not read as one, and for a block with a file name that the paragraph before it
 *   does not mention.
 */
export function readSections(file: string): readonly Section[] {
  const sections: { title: string; blocks: Block[] }[] = [{ title: '', blocks: [] }];
  const lines = readFileSync(file, 'utf8').split('\n');
  let said = '';
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const place = `${file}:${at + 1}`;
    const [, fence, language = '', name] = FENCE.exec(line) ?? [];
    if (fence !== undefined) {
      if (name !== undefined && !said.includes(`\`${name}\``))
        throw new Error(`${place}: nothing ahead of it tells the reader of ${name}`);
      const end = lines.indexOf(fence, at + 1);
      if (end < 0) throw new Error(`${place}: no end`);
      const text = `${lines.slice(at + 1, end).join('\n')}\n`;
      sections.at(-1)?.blocks.push({ language, name, text, place });
      at = end;
      continue;
    }
    if (/^\s*(```|~~~)/.test(line)) throw new Error(`${place}: a fence of another form`);
    const [, title] = /^## (.+)$/.exec(line) ?? [];
    if (title !== undefined) sections.push({ title, blocks: [] });
    if (line !== '') said = lines[at - 1] === '' ? line : `${said} ${line}`;
  }
  return sections;
}
