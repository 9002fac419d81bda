// Stands for parts of age that sealed reports do not use (post-quantum and hardware keys), so that a phone need not load
// them. docs/reference/sealed-reports.md names the one kind of key that does occur: X25519.
export const MLKEM768P256 = undefined;
export const MLKEM768X25519 = undefined;
export const p256 = undefined;
