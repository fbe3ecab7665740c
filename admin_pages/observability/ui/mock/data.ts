import type { Attempt, Breaker, Candidate, Percentiles, RequestRecord, Summary } from '../src/lib/types';

/** Plausible data for working on the page without a server. Never part of the built page. */

export const MODELS = [
  { id: 'llama3.2:3b', local: true, price: 0, speed: 900, quality: 0.48 },
  { id: 'qwen2.5-coder:7b', local: true, price: 0, speed: 1800, quality: 0.66 },
  { id: 'gpt-5-mini', local: false, price: 0.9e-6, speed: 1400, quality: 0.8 },
  { id: 'gpt-5', local: false, price: 5e-6, speed: 4200, quality: 0.95 },
  { id: 'openrouter/anthropic/claude-sonnet-4.5', local: false, price: 7e-6, speed: 3600, quality: 0.94 },
] as const;

const INTENTS = ['coding', 'qa', 'explain', 'chat', 'creative', 'summarize', 'translate', 'math', 'reasoning'];
const USERS = ['u-ada', 'u-grace', 'u-linus', null];
const TASKS = ['title_generation', 'tags_generation', 'follow_up_generation'];

/** A small generator with a seed, so that two looks at the page show the same. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

export function makeRecord(n: number, at: number): RequestRecord {
  const next = random(n * 7919 + 17);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)] as T;
  const intent = pick(INTENTS);
  const complexity = pick(['simple', 'simple', 'medium', 'medium', 'hard']);
  const model = pick(MODELS);
  const other = MODELS.find((candidate) => candidate.id !== model.id) ?? MODELS[0];
  const roll = next();
  const outcome = roll < 0.8 ? 'ok' : roll < 0.91 ? 'fallback' : roll < 0.95 ? 'failed' : roll < 0.98 ? 'stopped' : 'refused';
  const task = next() < 0.25 ? pick(TASKS) : null;
  const latency = model.speed * (0.6 + next() * 1.8);
  const first = latency * 0.2;
  const input = Math.round(40 + next() * 2400);
  const output = Math.round(20 + next() * 900);
  const answered = outcome !== 'failed' && outcome !== 'refused';
  const cost = answered ? (input + output * 4) * model.price : 0;
  const attempts: Attempt[] = [];
  if (outcome === 'fallback' || outcome === 'failed') {
    attempts.push(attempt(other.id, 'answer', at, null, 420, 429, 'rate_limited', 'Rate limit reached for requests, try again in 12 s.'));
  }
  if (outcome === 'failed') {
    attempts.push(attempt(model.id, 'fallback', at + 0.43, null, 800, 503, 'overloaded', 'The model is overloaded.'));
  } else if (outcome !== 'refused') {
    const begin = attempts.length ? at + 0.43 : at;
    attempts.push({
      ...attempt(model.id, attempts.length ? 'fallback' : 'answer', begin, first, latency, 200, outcome === 'stopped' ? 'cancelled' : null, null),
      input_tokens: input,
      output_tokens: output,
      cost_usd: cost,
    });
  }
  return {
    id: `req-${String(n).padStart(6, '0')}`,
    turn_id: `turn-${n}`,
    round: 0,
    created_at: at,
    user_id: pick(USERS),
    chat_id: `chat-${n % 40}`,
    message_id: `message-${n}`,
    task,
    source: 'smart',
    served_by: 'backend',
    intent,
    complexity,
    p_hard: complexity === 'hard' ? 0.81 : complexity === 'medium' ? 0.42 : 0.08,
    confidence: 0.55 + next() * 0.44,
    language: 'en',
    sensitive: next() < 0.06,
    signals: { language: 'en', input_tokens: input, ask_tokens: 38, turns: 1 + Math.floor(next() * 6), images: 0, tools: next() < 0.2 ? 3 : 0, json_mode: false, code_share: intent === 'coding' ? 0.62 : 0, follow_up: next() < 0.3 },
    evidence: intent === 'coding' ? ['fenced Python', 'stack trace'] : ['question word', 'short'],
    strategy: 'balanced',
    arm: null,
    backend: answered ? model.id : null,
    outcome,
    error_kind: outcome === 'failed' ? 'overloaded' : null,
    attempts,
    ranking: ranking(model.id, next),
    reason: `${intent}_${complexity}`,
    sentence: answered
      ? `${model.id} answered: this looked like ${intent} of ${complexity} difficulty, and it has the best balance of quality and price for that.`
      : 'Every backend that could have answered was failing, so the user read an apology.',
    latency_ms: answered ? latency : null,
    first_token_ms: answered ? first : null,
    input_tokens: answered ? input : null,
    cached_tokens: answered && next() < 0.3 ? Math.round(input / 2) : null,
    output_tokens: answered ? output : null,
    usage_estimated: next() < 0.2,
    cost_usd: answered ? cost : null,
    baseline: 'gpt-5',
    baseline_cost_usd: answered ? (input + output * 4) * 5e-6 : null,
    cost_source: model.local ? 'estimated' : 'reported',
    answer_score: null,
    rating: next() < 0.15 ? (next() < 0.7 ? 1 : -1) : null,
    library_version: '0.1.0',
    classifier_version: 'rules-1',
    registry_version: 3,
  };
}

function attempt(
  backend: string,
  purpose: string,
  started_at: number,
  first_token_ms: number | null,
  duration_ms: number,
  status: number,
  error_kind: string | null,
  error: string | null,
): Attempt {
  return { backend, connection: null, purpose, started_at, first_token_ms, duration_ms, status, error_kind, error, input_tokens: null, output_tokens: null, cost_usd: null };
}

function ranking(chosen: string, next: () => number): Candidate[] {
  const candidates = MODELS.map((model) => {
    const excluded = model.id !== chosen && model.id === 'llama3.2:3b' ? 'context' : null;
    const factors = { quality: model.quality, cost: 1 - Math.min(1, model.price * 1.4e5), latency: 1 - model.speed / 5000, feedback: 0.5 + next() * 0.3, diversity: 0.5, stickiness: model.id === chosen ? 1 : 0 };
    const score = excluded ? 0 : model.id === chosen ? 0.84 : 0.3 + next() * 0.5;
    return { backend: model.id, score, factors: excluded ? {} : factors, excluded, sentence: excluded ? 'it reads 4 096 tokens and this needs about 6 200' : 'about $0.002 and 2.1 s' };
  });
  return candidates.sort((a, b) => Number(a.excluded !== null) - Number(b.excluded !== null) || b.score - a.score);
}

export function makeBreakers(now: number): Breaker[] {
  const closed = (id: string): Breaker => ({ id, kind: 'backend', state: 'closed', consecutive_failures: 0, error_rate: 0, opened_at: null, retry_at: null, reason: null, trips: 0 });
  return [
    closed('llama3.2:3b'),
    closed('qwen2.5-coder:7b'),
    { ...closed('gpt-5-mini'), consecutive_failures: 2, error_rate: 0.04 },
    { ...closed('gpt-5'), state: 'open', consecutive_failures: 5, error_rate: 0.42, opened_at: now - 18, retry_at: now + 42, reason: '5 failures in a row, rate_limited: Rate limit reached for requests.', trips: 3 },
    { ...closed('openrouter/anthropic/claude-sonnet-4.5'), state: 'half_open', consecutive_failures: 5, error_rate: 0.2, opened_at: now - 61, retry_at: now - 1, reason: 'timeout_first_token: no token within 20 s', trips: 1 },
  ];
}

export function summarize(records: RequestRecord[], range: string): Summary {
  const turns = records.filter((record) => record.task === null);
  const sum = (key: 'cost_usd' | 'baseline_cost_usd' | 'input_tokens' | 'output_tokens') => turns.reduce((total, record) => total + (record[key] ?? 0), 0);
  const errors = turns.filter((record) => record.outcome === 'failed').length;
  const figures = {
    requests: turns.length,
    errors,
    error_rate: turns.length ? errors / turns.length : null,
    fallbacks: turns.filter((record) => record.outcome === 'fallback').length,
    escalations: 0,
    cost_usd: turns.length ? sum('cost_usd') : null,
    baseline_cost_usd: turns.length ? sum('baseline_cost_usd') : null,
    savings_usd: turns.length ? sum('baseline_cost_usd') - sum('cost_usd') : null,
    savings_rate: turns.length ? 1 - sum('cost_usd') / (sum('baseline_cost_usd') || 1) : null,
    input_tokens: turns.length ? sum('input_tokens') : null,
    output_tokens: turns.length ? sum('output_tokens') : null,
    latency_ms: percentiles(turns.map((record) => record.latency_ms)),
    first_token_ms: percentiles(turns.map((record) => record.first_token_ms)),
    confidence_mean: turns.length ? 0.8 : null,
    cached_tokens: null,
    estimated_requests: turns.filter((record) => record.usage_estimated).length,
    estimated_cost_usd: 0,
    ratings: { up: turns.filter((record) => record.rating === 1).length, down: turns.filter((record) => record.rating === -1).length },
  };
  return {
    ...figures,
    range: { name: range },
    baseline: 'gpt-5',
    baselines: turns.length ? [{ baseline: 'gpt-5', baseline_cost_usd: figures.baseline_cost_usd, from: 0, to: 0 }] : [],
    unpriced_requests: 0,
    tasks: { requests: records.length - turns.length, cost_usd: 0.0021, input_tokens: 900, output_tokens: 90 },
    by_backend: MODELS.map((model) => ({ ...figures, backend: model.id })),
    previous: turns.length ? { ...figures, requests: Math.round(turns.length * 0.86), error_rate: 0.031, fallbacks: figures.fallbacks + 4, latency_ms: percentiles([900, 2100, 5200]), cost_usd: figures.cost_usd } : null,
  };
}

function percentiles(values: (number | null)[]): Percentiles {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  const at = (share: number) => known[Math.min(known.length - 1, Math.floor(known.length * share))] ?? null;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

export const REGISTRY = `# Which backends Smart may choose, and what they are good for.
version: 1
baseline: gpt-5

backends:
  gpt-5:
    price: {input: 1.25, output: 10}
    quality: {coding: 0.95, math: 0.96}
  gpt-5-mini:
    price: {input: 0.25, output: 2}
  qwen2.5-coder:7b:
    quality: {coding: 0.7}

routes:
  coding:
    strategy: quality
    prefer: [gpt-5, qwen2.5-coder:7b]
  general:
    strategy: balanced
`;
