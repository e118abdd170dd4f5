import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { environmentOf, readDockerfile, type Stage, stepsOf } from './dockerfile.ts';

/** What the Dockerfile makes, in a folder that stands for the root of the image. */
export interface Image {
  /** Where its command runs. */
  readonly workingFolder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly command: readonly string[];
  readonly healthcheck: readonly string[];
  remove(): void;
}

/**
 * Does what the Dockerfile says, but without containers: the base image is this machine, and its Node the one
 * that runs the test. So the packages are really installed, from what is really copied.
 */
export function buildImage(): Image {
  const folder = mkdtempSync(join(tmpdir(), 'image-'));
  const stages = readDockerfile();
  const rootOf = (index: number): string => join(folder, String(index));
  stages.forEach((stage, index) => {
    mkdirSync(rootOf(index));
    runSteps(stage, rootOf(index), (name) =>
      rootOf(stages.findIndex((other) => other.name === name)),
    );
  });
  const image = stages.at(-1);
  return {
    workingFolder: join(rootOf(stages.length - 1), workingFolderOf(image)),
    environment: environmentOf(image),
    command: stepsOf(image, 'CMD')[0]?.words ?? [],
    healthcheck: stepsOf(image, 'HEALTHCHECK')[0]?.words ?? [],
    remove: () => rmSync(folder, { recursive: true }),
  };
}

const workingFolderOf = (stage: Stage | undefined): string =>
  stepsOf(stage, 'WORKDIR').at(-1)?.words[0] ?? '/';

/** The steps that change files; the others only say how the image is to be run. */
function runSteps(stage: Stage, root: string, rootOfStage: (name: string) => string): void {
  const here = join(root, workingFolderOf(stage));
  for (const { keyword, words, from } of stage.steps) {
    if (keyword === 'WORKDIR') mkdirSync(here);
    if (keyword === 'RUN') execFileSync(words[0] ?? '', words.slice(1), { cwd: here });
    if (keyword !== 'COPY') continue;
    const target = words.at(-1) ?? '';
    for (const source of words.slice(0, -1)) {
      const path = from === undefined ? source : join(rootOfStage(from), source);
      // Docker puts a folder's content, not the folder, where it is told to; a file goes into `./`.
      cpSync(path, join(here, target, target.endsWith('/') ? basename(source) : ''), {
        recursive: true,
      });
    }
  }
}
