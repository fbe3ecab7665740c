/** The shapes of /api/v1/observability. Times are epoch seconds; unknown is null, never 0. */

export type RangeName = '1h' | '24h' | '7d' | '30d' | '90d';

export interface Percentiles {
  p50: number | null;
  p95: number | null;
  p99: number | null;
}

/** Thumbs, of people. */
export interface Ratings {
  up: number;
  down: number;
}

export interface Figures {
  requests: number | null;
  errors: number | null;
  error_rate: number | null;
  fallbacks: number | null;
  escalations?: number | null;
  cost_usd: number | null;
  baseline_cost_usd: number | null;
  /** Turns whose cost nobody knows; they are not in `cost_usd`. */
  unpriced_requests?: number | null;
  savings_usd: number | null;
  savings_rate: number | null;
  input_tokens: number | null;
  output_tokens: number | null;
  latency_ms: Percentiles | null;
  first_token_ms: Percentiles | null;
  confidence_mean?: number | null;
  cached_tokens?: number | null;
  /** Turns whose tokens were counted by us, and what of the cost is theirs. */
  estimated_requests?: number | null;
  estimated_cost_usd?: number | null;
  ratings?: Ratings;
}

export type Grouping = 'backend' | 'intent' | 'complexity' | 'outcome' | 'strategy' | 'user' | 'error_kind';

/** A baseline that costs were compared with, and between when; null: which is not known any more. */
export interface BaselineUse {
  baseline: string | null;
  baseline_cost_usd: number | null;
  from: number;
  to: number;
}

export interface Summary extends Figures {
  range: unknown;
  /** The present one. What the figures were computed with is in `baselines`, the last used first. */
  baseline?: string | null;
  baselines?: BaselineUse[];
  by_backend?: ({ backend: string | null } & Figures)[];
  tasks?: { requests: number; cost_usd: number | null; input_tokens: number | null; output_tokens: number | null };
  direct?: { requests: number; cost_usd: number | null; input_tokens: number | null; output_tokens: number | null };
  /** Records that the figures do not count yet: more than 0 only while they are built for the first time. */
  behind?: number;
  previous: Partial<Figures> | null;
}

export interface RangeFound {
  name: string | null;
  from: number;
  to: number;
}

export interface Timeseries {
  metric: string;
  group_by: string | null;
  range: RangeFound;
  step_s: number;
  items: { group: string | null; points: { at: number; value: number | null }[] }[];
  left_out: number;
}

export type GroupFigures = { group: string | null } & Figures;

export interface Breakdown {
  group_by: string;
  range: RangeFound;
  items: GroupFigures[];
}

export interface Distribution {
  metric: string;
  range: RangeFound;
  requests: number;
  percentiles: Percentiles;
  items: { from_ms: number; to_ms: number | null; requests: number }[];
}

export type Outcome =
  'ok' | 'fallback' | 'escalated' | 'continued' | 'cached' | 'failed' | 'stopped' | 'refused';

export interface Attempt {
  backend: string;
  connection: string | null;
  purpose: string;
  started_at: number;
  first_token_ms: number | null;
  duration_ms: number | null;
  status: number | null;
  error_kind: string | null;
  error: string | null;
  input_tokens: number | null;
  output_tokens: number | null;
  cost_usd: number | null;
}

export interface Candidate {
  backend: string;
  score: number | null;
  factors: Record<string, number | null>;
  excluded: string | null;
  sentence?: string;
}

/** What a row of the log holds. The lists come only with the whole record. */
export interface RequestRow {
  id: string;
  turn_id: string;
  round: number;
  created_at: number;
  user_id: string | null;
  user_name?: string | null;
  chat_id: string | null;
  message_id: string | null;
  task: string | null;
  source: string;
  served_by: string;
  intent: string | null;
  complexity: string | null;
  p_hard: number | null;
  confidence: number | null;
  language: string | null;
  sensitive: boolean;
  strategy: string | null;
  arm: string | null;
  backend: string | null;
  outcome: Outcome | string;
  error_kind: string | null;
  reason: string;
  sentence?: string;
  latency_ms: number | null;
  first_token_ms: number | null;
  input_tokens: number | null;
  cached_tokens: number | null;
  output_tokens: number | null;
  usage_estimated: boolean;
  cost_usd: number | null;
  baseline?: string | null;
  baseline_cost_usd: number | null;
  cost_source: string | null;
  answer_score: number | null;
  rating: number | null;
  library_version?: string;
  classifier_version?: string;
  registry_version?: number | null;
}

export interface RequestRecord extends RequestRow {
  signals: Record<string, unknown>;
  evidence?: string[];
  attempts: Attempt[];
  ranking: Candidate[];
  prompt?: string | null;
}

/** What Smart would do with a request, and why. */
export interface Decision {
  signals: Record<string, unknown>;
  intent: string;
  complexity: string;
  p_hard: number;
  confidence: number;
  evidence: string[];
  strategy: string;
  route?: string | null;
  arm: string | null;
  chosen: string | null;
  candidates: Candidate[];
  /** Candidates beyond those listed. */
  more?: number;
  parameters: Record<string, unknown>;
  refusal?: string | null;
  reason?: string;
  sentence: string;
}

/** A model of the catalog. `guessed` names the fields that nobody told us. */
export interface Backend {
  id: string;
  name: string;
  provider: string;
  connections: string[];
  connection_names: string[];
  local: boolean;
  family?: string | null;
  quantization?: string | null;
  size_b: number | null;
  size_bytes: number | null;
  loaded: boolean | null;
  context_tokens: number | null;
  effective_context_tokens: number | null;
  max_output_tokens?: number | null;
  input_usd_per_mtok: number | null;
  cached_input_usd_per_mtok?: number | null;
  output_usd_per_mtok: number | null;
  capabilities: string[];
  quality: Record<string, number>;
  quality_source?: string;
  tags?: string[];
  guessed: string[];
  available: boolean;
  preset?: boolean;
  state: BreakerState;
  first_token_ms_p50: number | null;
  tokens_per_second: number | null;
  requests: number;
  errors: number;
}

export interface Models extends List<Backend> {
  baseline: string | null;
  warnings: string[];
}

export interface RegistryVersion {
  version: number;
  comment: string;
  saved_at: number;
  saved_by: string | null;
  text?: string;
}

export interface LogPage<T> extends List<T> {
  /** A search came so far back for now, epoch seconds; the next page looks on from there. */
  searched_to?: number | null;
}

export interface List<T> {
  items: T[];
  next_cursor: string | null;
}

export type BreakerState = 'closed' | 'open' | 'half_open';

export interface Breaker {
  id: string;
  kind: 'backend' | 'connection';
  name?: string | null;
  state: BreakerState;
  consecutive_failures: number;
  error_rate: number | null;
  opened_at: number | null;
  retry_at: number | null;
  reason: string | null;
  trips: number;
}

export interface Issue {
  line: number;
  column: number;
  key: string;
  message: string;
}

export interface Registry {
  text: string;
  version: number | null;
  saved_at: number | null;
  saved_by: string | null;
  comment?: string | null;
  errors: Issue[];
  warnings?: (string | Issue)[];
  effective?: unknown;
}

export interface Validation {
  errors: Issue[];
  warnings: (string | Issue)[];
}

export interface Health {
  status: 'ok' | 'degraded' | 'failing';
  version: string | null;
  open_webui: string | null;
  registry: { version: number | null; errors: unknown };
  store: { ok: boolean; dialect: string | null; lag_ms: number | null };
  breakers: Record<string, BreakerState>;
  redis: string | null;
  workers: number | null;
  warnings?: string[];
}

export type AccessKind = 'everyone' | 'admins' | 'groups';

export interface Access {
  access: AccessKind;
  groups: { id: string; name: string; selected: boolean }[];
  model_exists: boolean;
}

/** The table of public figures in use; `source` is null for the one that the library carries. */
export interface ModelFigures {
  version: number;
  date: string;
  provenance: Record<string, string>;
  source: string | null;
  saved_at: number | null;
  saved_by: string | null;
  carried_date: string;
}
