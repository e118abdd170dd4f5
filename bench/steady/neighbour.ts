/* Uses a core for as long as it runs, as others on the same machine do. */
for (let x = 1; ; x = (x * 1103515245 + 12345) | 0) if (x === 0.5) break;
