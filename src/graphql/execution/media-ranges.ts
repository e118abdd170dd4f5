/** What `Accept` lists, in its order, without what is wanted in another character set than ours. */
export const rangesOf = (accept: string): string[] =>
  accept
    .replace(/\s/g, '')
    .toLowerCase()
    .split(',')
    .flatMap((part) => {
      const [range = '', ...parameters] = part.split(';');
      const charset = parameters.find((parameter) => parameter.includes('charset='));
      return charset === undefined || charset === 'charset=utf-8' ? [range] : [];
    });
