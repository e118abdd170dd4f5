import { readFileSync } from 'node:fs';
import { Copy, DockerfileParser, type Instruction, JSONInstruction } from 'dockerfile-ast';

/** An instruction of the Dockerfile, with a `HEALTHCHECK` as the command that it runs. */
export interface Step {
  readonly keyword: string;
  /** The words behind it, without flags; those of a JSON form without their quotes. */
  readonly words: readonly string[];
  /** Whether the words are of a JSON form: run as they are, without a shell. */
  readonly isExec: boolean;
  /** The stage that `COPY --from` names. */
  readonly from: string | undefined;
}

/** One `FROM`, and what follows it. */
export interface Stage {
  readonly image: string;
  readonly name: string | undefined;
  readonly steps: readonly Step[];
}

/** The stages of the project's Dockerfile, the last one being the image. */
export function readDockerfile(): Stage[] {
  const file = DockerfileParser.parse(readFileSync('Dockerfile', 'utf8'));
  const stages: (Stage & { steps: Step[] })[] = [];
  for (const instruction of file.getInstructions()) {
    const step = toStep(instruction);
    if (step.keyword !== 'FROM') {
      stages.at(-1)?.steps.push(step);
      continue;
    }
    const [image = '', , name] = step.words;
    stages.push({ image, name, steps: [] });
  }
  return stages;
}

/** The steps of one kind in the image itself. */
export const stepsOf = (stage: Stage | undefined, keyword: string): Step[] =>
  stage?.steps.filter((step) => step.keyword === keyword) ?? [];

/** The variables that the image sets. */
export const environmentOf = (stage: Stage | undefined): Record<string, string> =>
  Object.fromEntries(
    stepsOf(stage, 'ENV')
      .flatMap(({ words }) => words)
      .map((pair) => pair.split('=', 2) as [string, string]),
  );

function toStep(instruction: Instruction): Step {
  const keyword = instruction.getKeyword();
  const from =
    instruction instanceof Copy ? (instruction.getFromFlag()?.getValue() ?? undefined) : undefined;
  const strings = instruction instanceof JSONInstruction ? instruction.getJSONStrings() : [];
  if (strings.length > 0) {
    return { keyword, words: strings.map((json) => json.getJSONValue()), isExec: true, from };
  }
  if (keyword === 'HEALTHCHECK') {
    const [, command = ''] = /\sCMD\s+(\[.*\])$/s.exec(instruction.getTextContent()) ?? [];
    return { keyword, words: JSON.parse(command) as string[], isExec: true, from };
  }
  const words = instruction.getArguments().map((argument) => argument.getValue());
  return { keyword, words, isExec: false, from };
}
