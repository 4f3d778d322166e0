package dev.parley.hub.limits;

import io.github.bucket4j.VerboseResult;
import java.util.concurrent.CompletableFuture;

/** A bucket on a server. Thread-safe and never waits. */
interface RemoteBucket {

  <T> CompletableFuture<VerboseResult<T>> call(BucketCall<T> call);
}
