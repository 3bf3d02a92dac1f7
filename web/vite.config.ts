import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

// One script and one style sheet under fixed names: the app serves them, the one-file report carries them, and a
// rebuild can be compared byte for byte with what is in the repository.
export default defineConfig({
  base: "/static/",
  publicDir: false,
  plugins: [svelte()],
  resolve: { alias: [{ find: /^vega$/, replacement: new URL("src/lib/vega.js", import.meta.url).pathname }] },
  build: {
    outDir: "../src/fronde/web/static",
    emptyOutDir: true,
    target: "es2022",
    cssCodeSplit: false,
    modulePreload: false,
    rollupOptions: {
      output: {
        codeSplitting: false,
        entryFileNames: "app.js",
        assetFileNames: (asset) => (asset.names?.[0]?.endsWith(".css") ? "app.css" : "[name][extname]"),
      },
    },
  },
  server: { proxy: { "/api": "http://127.0.0.1:8650", "/static/fonts": "http://127.0.0.1:8650" } },
});
