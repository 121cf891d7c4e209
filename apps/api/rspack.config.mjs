import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Bare imports stay what npm installed; only our own code (relative and @plumbline/*) is bundled. */
function keepPackagesOutside({ request }, done) {
  const bare =
    /^[@a-z]/i.test(request) &&
    !request.startsWith('@plumbline/') &&
    !/^[a-z]:[\\/]/i.test(request);
  if (bare || request.startsWith('node:')) done(undefined, request, 'module');
  else done();
}

/** @type {import('@rspack/core').Configuration} One ESM file for Node 24, every role in it. */
export default {
  context: here('.'),
  mode: 'production',
  target: 'node24',
  entry: { main: './src/main.ts' },
  devtool: 'source-map',
  output: {
    path: here('dist'),
    filename: '[name].js',
    module: true,
    chunkFormat: 'module',
    library: { type: 'module' },
    clean: true,
  },
  externalsType: 'module',
  externals: [keepPackagesOutside],
  resolve: { extensions: ['.ts', '.js', '.json'] },
  module: {
    parser: { javascript: { importMeta: false, url: false, dynamicImportMode: 'eager' } },
    rules: [
      {
        test: /\.ts$/,
        loader: 'builtin:swc-loader',
        options: {
          jsc: {
            target: 'es2023',
            parser: { syntax: 'typescript', decorators: true },
            transform: {
              legacyDecorator: true,
              decoratorMetadata: true,
              useDefineForClassFields: false,
            },
            keepClassNames: true,
          },
        },
        type: 'javascript/auto',
      },
      { test: /\.(sql|html|sh|txt|css)$/, type: 'asset/source' },
    ],
  },
  // Readable stack traces matter more to a server than its size on disk.
  optimization: { minimize: false, splitChunks: false, runtimeChunk: false },
  performance: { hints: false },
};
