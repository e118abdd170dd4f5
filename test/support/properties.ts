import fc from 'fast-check';

/**
 * fast-check with one seed for all properties, so that `npm test` asks the same each time. `SEED` sets another, which
 * is how a search for new counterexamples is made: `SEED=$RANDOM npm test`.
 */
fc.configureGlobal({ seed: Number(process.env['SEED'] ?? 20_261_129) });

export default fc;
