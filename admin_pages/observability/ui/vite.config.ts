import { svelte } from '@sveltejs/vite-plugin-svelte';
import tailwindcss from '@tailwindcss/vite';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';
import { oneFile } from './build/one-file.ts';
import { mockApi } from './mock/plugin.ts';

export default defineConfig({
  plugins: [svelte(), tailwindcss(), svelteTesting(), oneFile(), mockApi()],
  build: {
    target: 'es2022',
    // Everything travels inside index.html; the preload helper would only ask for files that are not there.
    modulePreload: false,
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    reportCompressedSize: false,
  },
  test: {
    environment: 'jsdom',
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/setup.ts'],
    restoreMocks: true,
    testTimeout: 60_000,
    // One browser-like environment for all files: making it anew takes longer than all the tests.
    isolate: false,
    maxWorkers: 1,
  },
});
