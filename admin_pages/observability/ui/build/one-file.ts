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
 * The page carries the same policy in a meta element, so that it is as strict when a server sends
 * no header; `frame-ancestors` works only in the header.
 */
export function oneFile(): Plugin {
  return {
    name: 'one-file',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const page = bundle['index.html'];
      if (page?.type !== 'asset') throw new Error('one-file: no index.html was built');
      let html = String(page.source);
      for (const [name, output] of Object.entries(bundle)) {
        if (output.type === 'chunk') html = inlineScript(html, name, output.code);
        else if (name.endsWith('.css')) html = inlineStyle(html, name, String(output.source));
        else continue;
        delete bundle[name];
      }
      const left = Object.keys(bundle).filter((name) => name !== 'index.html');
      if (left.length) throw new Error(`one-file: ${left.join(', ')} would be a second file`);
      const policy = policyOf(html);
      page.source = html.replace(
        '<meta charset="utf-8" />',
        `<meta charset="utf-8" />\n    <meta http-equiv="Content-Security-Policy" content="${metaPolicy(policy)}" />`,
      );
      this.emitFile({ type: 'asset', fileName: 'csp.json', source: `${JSON.stringify(policy, null, 2)}\n` });
    },
  };
}

/** Replacement text is given by a function: `$&` in minified code must stay what it is. */
function inlineScript(html: string, name: string, code: string): string {
  const tag = new RegExp(`[ \\t]*<script[^>]*src="[^"]*${escaped(name)}"[^>]*></script>\\n?`);
  if (!tag.test(html)) throw new Error(`one-file: ${name} is not in index.html; is it loaded lazily?`);
  const safe = code.trim().replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
  const body = `    <script type="module">${safe}</script>\n  </body>`;
  return html.replace(tag, '').replace('</body>', () => body);
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
