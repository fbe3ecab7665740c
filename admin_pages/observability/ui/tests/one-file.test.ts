import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';
import { describe, expect, it } from 'vitest';
import { oneFile, type Policy } from '../build/one-file';

const PAGE = `<!doctype html>
<html>
  <head>
    <meta charset="utf-8" />
    <script>first()</script>
    <script type="module" crossorigin src="/assets/index-x.js"></script>
    <link rel="stylesheet" crossorigin href="/assets/style-x.css">
  </head>
  <body>
  </body>
</html>`;

function build(code: string, extra: Record<string, unknown> = {}) {
  const bundle: Record<string, unknown> = {
    'index.html': { type: 'asset', source: PAGE },
    'assets/index-x.js': { type: 'chunk', code },
    'assets/style-x.css': { type: 'asset', source: 'a{b:c}' },
    ...extra,
  };
  const emitted: { fileName: string; source: string }[] = [];
  const plugin = oneFile() as Plugin & { generateBundle: { handler: (options: unknown, bundle: unknown) => void } };
  plugin.generateBundle.handler.call({ emitFile: (file: never) => emitted.push(file) } as never, {}, bundle);
  const html = (bundle['index.html'] as { source: string }).source;
  return { bundle, html, policy: JSON.parse(emitted[0]?.source ?? '') as Policy };
}

const hash = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;

describe('the built page', () => {
  it('is one file, with no address of another', () => {
    const { bundle, html } = build('run()');
    expect(Object.keys(bundle)).toEqual(['index.html']);
    expect(html).not.toMatch(/(src|href)="\/assets/);
    expect(html.indexOf('run()')).toBeGreaterThan(html.indexOf('<body>'));
  });

  it('names the hash of every script and style in its policy, as the browser computes it', () => {
    const { html, policy } = build('run()');
    expect(policy.script).toEqual([hash('first()'), hash('run()')]);
    expect(policy.style).toEqual([hash('a{b:c}')]);
    for (const each of [...policy.script, ...policy.style]) expect(html).toContain(`'${each}'`);
    expect(policy.policy).toContain("default-src 'none'");
    expect(policy.policy).not.toContain('unsafe');
  });

  it('carries code that looks like markup or like a replacement pattern', () => {
    const { html } = build('x("</script>", "<!-- $& $1 -->")');
    expect(html).toContain('x("<\\/script>", "<\\!-- $& $1 -->")');
    expect(html.match(/<\/script>/g)).toHaveLength(2);
  });

  it('carries what is loaded lazily as text, which one script of a known hash runs when it is wanted', async () => {
    const code = 'const big=()=>"$& </script>";export{big as draw};';
    const { bundle, html, policy } = build('const load=()=>import("./draw-a1B2c3D4.js");', {
      'assets/draw-a1B2c3D4.js': { type: 'chunk', code, isDynamicEntry: true, imports: [] },
    });
    expect(Object.keys(bundle)).toEqual(['index.html']);
    const inert = /<script type="text\/plain" id="lazy-draw">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
    expect(policy.script).toContain(hash(inert));
    expect(html).toContain('const load=()=>__lazy("lazy-draw")');
    // Run as the page would.
    new Function(inert)();
    const loaded = (globalThis as Record<string, unknown>)['lazy-draw part'] as { draw: () => string };
    expect(loaded.draw()).toBe('$& </script>');
  });

  it('is refused when a lazy part needs the page, or exports nothing', () => {
    const lazy = (code: string, imports: string[] = []) => ({ 'assets/draw-a1B2c3D4.js': { type: 'chunk', code, isDynamicEntry: true, imports } });
    expect(() => build('run()', lazy('export{a};', ['assets/index-x.js']))).toThrow('shares code');
    expect(() => build('run()', lazy('alert(1)'))).toThrow('cannot be loaded lazily');
  });

  it('is refused when something would be left over', () => {
    expect(() => build('run()', { 'assets/logo.png': { type: 'asset', source: '' } })).toThrow('assets/logo.png');
    expect(() => build('run()', { 'assets/lazy.js': { type: 'chunk', code: '' } })).toThrow('lazy');
  });
});
