import fc from 'fast-check';

/** Property tests try the same things each time: what they find once is found again. */
fc.configureGlobal({ seed: 20_261_121 });
