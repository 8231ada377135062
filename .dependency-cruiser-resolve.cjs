// How dependency-cruiser finds files: it takes aliases in the form of a webpack configuration only.
const { readdirSync } = require('node:fs');
const { join } = require('node:path');

const libs = join(__dirname, 'libs');

module.exports = {
  resolve: {
    alias: Object.fromEntries(readdirSync(libs).map((lib) => [`@ringfence/${lib}$`, join(libs, lib, 'src/index.ts')])),
    extensionAlias: { '.js': ['.ts', '.js'] },
  },
};
