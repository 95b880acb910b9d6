// Runs on any Node, with nothing installed: puts in place what the project needs, then goes on in Node 24.
//   node infra/local/bootstrap.mjs <script.ts> [arguments]
//   node infra/local/bootstrap.mjs --exec <tool of node_modules/.bin> [arguments]
// This file keeps to syntax that old versions can read, so that they get a sentence and not a syntax error.
var OLDEST = 20;
var major = Number(process.versions.node.split('.')[0]);

if (major < OLDEST) {
  console.error(
    'Penstock needs Node ' +
      OLDEST +
      ' or newer to begin with, and this is ' +
      process.versions.node +
      ". Install a newer one (nodejs.org, or your system's packages) and run the same command again.",
  );
  process.exit(1);
}

void import('./bootstrap/main.mjs').then(function (bootstrap) {
  return bootstrap.main(process.argv.slice(2));
});
