package dev.parley.hub.cache;

import dev.parley.core.model.CacheWish;
import dev.parley.hub.telemetry.CallRecord;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/**
 * A call whose answer may have been given before.
 *
 * @param <E> the events of its answer
 * @param key what makes it the same as another
 * @param wish what the caller wants of the cache
 * @param age for how long an answer counts
 * @param record of the call; notes what the cache did
 * @param loop the caller's event loop
 * @param lean the same event without what it only holds by accident, such as a network buffer
 * @param bytes what a lean event takes
 */
public record Question<E>(
    CacheKey key,
    CacheWish wish,
    Duration age,
    CallRecord record,
    ScheduledExecutorService loop,
    UnaryOperator<E> lean,
    ToLongFunction<E> bytes) {}
