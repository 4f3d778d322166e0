package dev.parley.hub.limits;

import java.util.concurrent.CompletableFuture;

/**
 * A server that counts for several hubs: all that differs from one kind to the next. It is
 * connected to when it is first needed. Thread-safe and never waits, but for {@link #close}.
 */
interface Counters extends AutoCloseable {

  /** A bucket; as often as it is made, one of the same id counts the same. */
  RemoteBucket bucket(MeterSpec spec);

  RunningLeases.Book places();

  /** Forgets what says nothing any more, where the server does not do that by itself. */
  CompletableFuture<?> sweep();

  /** Whether a call that failed like this did not reach the server, so that it changed nothing. */
  boolean isUnsent(Throwable failure);

  @Override
  void close();
}
