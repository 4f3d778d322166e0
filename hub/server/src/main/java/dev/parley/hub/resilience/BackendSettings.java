package dev.parley.hub.resilience;

/**
 * What bounds the calls of one backend.
 *
 * @param concurrency calls in flight; at least 1
 * @param queueMax calls that wait for a free place; 0 or more
 * @param breaker when one of its models is left alone
 * @param retries how often calls may be made again
 */
public record BackendSettings(
    int concurrency, int queueMax, BreakerSettings breaker, RetryBudgetSettings retries) {}
