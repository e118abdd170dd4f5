// Yoga's HTTP layer would use the rest. In its place is our door, see `src/yoga.ts`.
const { URL, URLSearchParams, TextDecoder, TextEncoder } = globalThis;
export { URL, URLSearchParams, TextDecoder, TextEncoder };
export const Response = undefined;
