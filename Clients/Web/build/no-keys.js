// Stands in for the library of signing keys, 14 kB as they travel: a page shows a token and never signs anything.
export {};
