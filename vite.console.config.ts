/**
 * How the console is built: from src/console into dist/console, everything it loads beside it under
 * names that change with their content. `--mode gallery` adds the page that shows every chart on
 * its fixture, for the tests that compare them to their stored pictures.
 */
import { join } from "node:path";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

const root = join(import.meta.dirname, "src/console");

export default defineConfig(({ mode }) => ({
  root,
  plugins: [svelte()],
  build: {
    outDir: join(import.meta.dirname, "dist/console"),
    emptyOutDir: true,
    // Pictures written into styles would be fetched from nowhere; the policy allows `data:`.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: [
        join(root, "index.html"),
        ...(mode === "gallery" ? [join(root, "charts/gallery.html")] : []),
      ],
    },
  },
}));
