// graphql-jit writes answers with it where it is asked to: `compiled.ts` does not ask.
export default () => {
  throw new Error('fast-json-stringify is not in the bundle');
};
