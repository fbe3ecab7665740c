import type { Backend, Decision, RequestRecord } from '../src/lib/types';
import { MODELS } from './data.ts';

/** A made-up catalog, and a decision over it. */

export function catalog(records: RequestRecord[]): Backend[] {
  return MODELS.map((model, index) => ({
    id: model.id,
    name: model.id.split('/').at(-1) ?? model.id,
    provider: model.local ? 'ollama' : 'openai',
    connections: [model.local ? 'c1a2b3' : 'd4e5f6'],
    connection_names: [model.local ? 'localhost:11434' : 'api.example.com'],
    local: model.local,
    family: model.local ? 'llama' : 'gpt',
    quantization: model.local ? 'Q4_K_M' : null,
    size_b: model.local ? 3 + index * 4 : null,
    size_bytes: model.local ? 2.1e9 * (index + 1) : null,
    loaded: model.local ? index === 0 : null,
    context_tokens: model.local ? 131_072 : 400_000,
    effective_context_tokens: model.local ? 8192 : 400_000,
    max_output_tokens: null,
    input_usd_per_mtok: model.price ? model.price * 1e6 : 0,
    cached_input_usd_per_mtok: null,
    output_usd_per_mtok: model.price ? model.price * 4e6 : 0,
    capabilities: model.local ? ['tools'] : ['tools', 'vision'],
    quality: { coding: model.quality, chat: Math.min(1, model.quality + 0.03), math: model.quality - 0.05 },
    quality_source: index === 3 ? 'registry' : 'estimated from its size',
    tags: [],
    guessed: index === 3 ? [] : ['quality', ...(index === 4 ? ['context_tokens', 'input_usd_per_mtok', 'output_usd_per_mtok'] : [])],
    available: index !== 4,
    preset: false,
    state: index === 3 ? 'open' : 'closed',
    first_token_ms_p50: model.speed * 0.2,
    tokens_per_second: 80 - index * 12,
    requests: records.filter((record) => record.backend === model.id).length,
    errors: records.filter((record) => record.attempts.some((attempt) => attempt.backend === model.id && attempt.error_kind)).length,
  }));
}

export function decide(text: string, example: RequestRecord): Decision {
  const hard = text.length > 60;
  const chosen = hard ? 'gpt-5' : 'llama3.2:3b';
  const ranking = example.ranking.map((candidate) => ({ ...candidate, excluded: candidate.backend === chosen ? null : candidate.excluded }));
  return {
    signals: { language: 'en', input_tokens: Math.ceil(text.length / 4), characters: text.length, turns: 1 },
    intent: /python|function|code/i.test(text) ? 'coding' : 'qa',
    complexity: hard ? 'hard' : 'simple',
    p_hard: hard ? 0.82 : 0.07,
    confidence: 0.91,
    evidence: ['question word', 'short'],
    strategy: 'balanced',
    route: 'general',
    arm: null,
    chosen,
    candidates: [...ranking.filter((one) => one.backend === chosen), ...ranking.filter((one) => one.backend !== chosen)],
    more: 0,
    parameters: {},
    refusal: null,
    reason: 'best_balance',
    sentence: `This is ${hard ? 'hard' : 'simple'}. ${chosen} answers: it has the best balance of quality, cost and speed.`,
  };
}
