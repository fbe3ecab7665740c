import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/** What the page may do. The hashes are those of the scripts and styles inside it. */
export interface Policy {
  script: string[];
  style: string[];
  policy: string;
}

/**
 * Puts the built script and style into index.html, and says in csp.json which they are.
 *
 * What is imported lazily travels as text that the browser does not even parse. When it is wanted,
 * the text is put into a script element, whose hash the policy knows like that of the others.
 *
 * The page carries the same policy in a meta element, so that it is as strict when a server sends
 * no header; `frame-ancestors` works only in the header.
 */
export function oneFile(): Plugin {
  return {
    name: 'one-file',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      // After Vite has put in order how lazy parts are imported.
      order: 'post',
      handler(_options, bundle) {
        const page = bundle['index.html'];
        if (page?.type !== 'asset') throw new Error('one-file: no index.html was built');
        let html = String(page.source);
        const lazy = takeLazy(bundle);
        for (const [name, output] of Object.entries(bundle)) {
          if (output.type === 'chunk') html = inlineScript(html, name, withLoader(output.code, lazy));
          else if (name.endsWith('.css')) html = inlineStyle(html, name, String(output.source));
          else continue;
          delete bundle[name];
        }
        for (const [id, code] of lazy) html = html.replace('</body>', () => `    <script type="text/plain" id="${id}">${code}</script>\n  </body>`);
        const left = Object.keys(bundle).filter((name) => name !== 'index.html');
        if (left.length) throw new Error(`one-file: ${left.join(', ')} would be a second file`);
        const policy = policyOf(html);
        page.source = html.replace(
          '<meta charset="utf-8" />',
          `<meta charset="utf-8" />\n    <meta http-equiv="Content-Security-Policy" content="${metaPolicy(policy)}" />`,
        );
        this.emitFile({ type: 'asset', fileName: 'csp.json', source: `${JSON.stringify(policy, null, 2)}\n` });
      },
    },
  };
}

type Bundle = Record<string, { type: string; code?: string; isDynamicEntry?: boolean; imports?: string[] }>;

/** Takes the lazy chunks out of the bundle; their ids, by which they are found again, with their code. */
function takeLazy(bundle: Bundle): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, chunk] of Object.entries(bundle)) {
    if (chunk.type !== 'chunk' || !chunk.isDynamicEntry || chunk.code === undefined) continue;
    if (chunk.imports?.length) throw new Error(`one-file: ${name} shares code with the page (${chunk.imports.join(', ')})`);
    const id = idOf(name);
    found.set(id, safe(`"use strict";globalThis[${JSON.stringify(partOf(id))}]=(()=>{${returning(chunk.code, name)}})();`));
    delete bundle[name];
  }
  return found;
}

/** `assets/draw-x1y2.js` is called `lazy-draw` in the page. */
function idOf(name: string): string {
  return `lazy-${name.replace(/^.*\//, '').replace(/-[\w-]{8}\.js$|\.js$/, '')}`;
}

/** A module's code as that of a function that returns what the module exports. */
function returning(code: string, name: string): string {
  const exported = /export\s*\{([^}]*)\};?\s*$/.exec(code);
  if (!exported || /\bimport\.meta\b|^\s*import\b/m.test(code)) throw new Error(`one-file: ${name} cannot be loaded lazily`);
  const names = (exported[1] ?? '').split(',').map((part) => part.trim().split(/\s+as\s+/));
  const properties = names.map(([local, outer]) => `${outer ?? local}:${local}`);
  return `${code.slice(0, exported.index)};return{${properties.join(',')}}`;
}

/** Where a part that has run is found; not under its id, which is the name of its element. */
const partOf = (id: string) => `${id} part`;

const LOADER = `const __lazy=async(id)=>{
const part=id+" part";
if(!globalThis[part]){const s=document.createElement("script");s.textContent=document.getElementById(id).textContent;document.head.append(s);s.remove()}
if(!globalThis[part])throw new Error(id+" did not run");
return globalThis[part]};
`;

/** The page's code with every lazy import replaced by one from the page itself. */
function withLoader(code: string, lazy: Map<string, string>): string {
  if (!lazy.size) return code;
  const replaced = code.replace(/\bimport\(\s*(["'`])([^"'`]+)\1\s*\)/g, (whole, _quote, path: string) => {
    const id = idOf(path);
    return lazy.has(id) ? `__lazy("${id}")` : whole;
  });
  return LOADER + replaced;
}

/** Replacement text is given by a function: `$&` in minified code must stay what it is. */
function inlineScript(html: string, name: string, code: string): string {
  const tag = new RegExp(`[ \\t]*<script[^>]*src="[^"]*${escaped(name)}"[^>]*></script>\\n?`);
  if (!tag.test(html)) throw new Error(`one-file: ${name} is not in index.html; is it loaded lazily?`);
  const body = `    <script type="module">${safe(code)}</script>\n  </body>`;
  return html.replace(tag, '').replace('</body>', () => body);
}

/** Code that cannot be taken for markup. */
function safe(code: string): string {
  return code.trim().replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
}

function inlineStyle(html: string, name: string, code: string): string {
  const tag = new RegExp(`<link[^>]*href="[^"]*${escaped(name)}"[^>]*>`);
  if (!tag.test(html)) throw new Error(`one-file: ${name} is not in index.html`);
  return html.replace(tag, () => `<style>${code.trim()}</style>`);
}

export function policyOf(html: string): Policy {
  const script = [...html.matchAll(/<script(?:\s[^>]*)?>([\s\S]*?)<\/script>/g)].map((m) => hashOf(m[1] ?? ''));
  const style = [...html.matchAll(/<style>([\s\S]*?)<\/style>/g)].map((m) => hashOf(m[1] ?? ''));
  const quoted = (hashes: string[]) => hashes.map((hash) => `'${hash}'`).join(' ');
  const policy = [
    "default-src 'none'",
    `script-src ${quoted(script)}`,
    // 'self' is for Open WebUI's custom.css, where administrators put their own branding.
    `style-src 'self' ${quoted(style)}`,
    "connect-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ].join('; ');
  return { script, style, policy };
}

function metaPolicy(policy: Policy): string {
  return policy.policy.replace(/; frame-ancestors [^;]*/, '');
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
