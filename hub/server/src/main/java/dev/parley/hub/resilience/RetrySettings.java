package dev.parley.hub.resilience;

import java.time.Duration;

/**
 * How often and how soon a call is made again on one target.
 *
 * @param tries on a target while there is another to turn to
 * @param triesAlone on the last or only target
 * @param backoff pauses between tries
 * @param waitMax longest that a busy backend is waited for
 */
public record RetrySettings(int tries, int triesAlone, Backoff backoff, Duration waitMax) {}
