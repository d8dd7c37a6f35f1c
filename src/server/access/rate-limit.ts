/**
 * How much a key, and all keys of a tenant together, may ask: token buckets that hold one second's
 * worth and refill steadily. What is left is told in the fields RateLimit and RateLimit-Policy
 * (draft-ietf-httpapi-ratelimit-headers-10).
 */
import { type Clock, Fault, LOCAL_PRINCIPAL, type Principal } from "#foundation";
import { serverFaults } from "../faults.ts";

/** Requests per second; also the most at one moment. */
export interface RateLimits {
  readonly perKey: number;
  readonly perTenant: number;
}

/** Counts requests against the limits. */
export interface RateLimiter {
  /** The value of RateLimit-Policy. */
  readonly policy: string;
  /** Counts one request; `undefined` for the owner of an installation without keys. */
  take(principal: Principal): Taken | undefined;
}

/** What became of a request that was counted. */
export interface Taken {
  /** The value of RateLimit: which limit is nearest, what is left of it, when it is whole again. */
  readonly left: string;
  /** Present when it is one too many: `rate-limited`, with the time until the next is free. */
  readonly fault?: Fault;
}

interface Bucket {
  tokens: number;
  atMs: number;
}

const SECOND_MS = 1000;

/** Opens a limiter with full buckets. There are as many buckets as keys and tenants. */
export function openRateLimiter(clock: Clock, limits: RateLimits): RateLimiter {
  const keys = new Map<string, Bucket>();
  const tenants = new Map<string, Bucket>();

  function filled(buckets: Map<string, Bucket>, name: string, perSecond: number): Bucket {
    const nowMs = clock.monotonicMs();
    const bucket = buckets.get(name) ?? { tokens: perSecond, atMs: nowMs };
    const gained = ((nowMs - bucket.atMs) / SECOND_MS) * perSecond;
    bucket.tokens = Math.min(perSecond, bucket.tokens + gained);
    bucket.atMs = nowMs;
    buckets.set(name, bucket);
    return bucket;
  }

  return {
    policy: `"key";q=${limits.perKey};w=1, "tenant";q=${limits.perTenant};w=1`,
    take: (principal) => {
      if (principal === LOCAL_PRINCIPAL) return undefined;
      const key = filled(keys, principal.name, limits.perKey);
      const tenant = filled(tenants, principal.tenant, limits.perTenant);
      if (key.tokens < 1) return refused("key", key, limits.perKey);
      if (tenant.tokens < 1) return refused("tenant", tenant, limits.perTenant);
      key.tokens -= 1;
      tenant.tokens -= 1;
      // The one that runs out first is the one to know about.
      return key.tokens <= tenant.tokens
        ? { left: told("key", key, limits.perKey) }
        : { left: told("tenant", tenant, limits.perTenant) };
    },
  };
}

function told(name: string, { tokens }: Bucket, perSecond: number): string {
  const fullInS = Math.ceil((perSecond - tokens) / perSecond);
  return `"${name}";r=${Math.floor(tokens)};t=${fullInS}`;
}

function refused(name: string, bucket: Bucket, perSecond: number): Taken {
  const fault = new Fault(serverFaults.rateLimited, {
    detail: `expected at most ${perSecond} requests per second of one ${name}, got more`,
    retryAfterMs: ((1 - bucket.tokens) / perSecond) * SECOND_MS,
  });
  return { left: told(name, bucket, perSecond), fault };
}
