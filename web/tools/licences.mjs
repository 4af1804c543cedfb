// Writes src/licences.json: name, version and licence of every package that is part of the page.
import { readFileSync, writeFileSync } from 'node:fs';

// Peers that packages name for their types only.
const NOT_IN_THE_PAGE = new Set(['node_modules/typescript']);
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const packages = Object.entries(lock.packages)
  .filter(([path, one]) => path.startsWith('node_modules/') && !one.dev && !one.optional && !path.includes('/@types/') && !NOT_IN_THE_PAGE.has(path))
  .map(([path, one]) => ({ name: path.replace(/^.*node_modules\//, ''), version: one.version, licence: one.license ?? '?' }))
  .sort((a, b) => (a.name < b.name ? -1 : 1));
writeFileSync('src/licences.json', JSON.stringify(packages, null, 1) + '\n');
