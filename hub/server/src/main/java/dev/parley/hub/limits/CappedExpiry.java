package dev.parley.hub.limits;

import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.remote.RemoteBucketState;
import io.github.bucket4j.distributed.serialization.SerializationHandle;
import java.time.Duration;

/** As another way to expire says, but no later: a budget's bucket is never whole again. */
record CappedExpiry(ExpirationAfterWriteStrategy usual, long millisMax)
    implements ExpirationAfterWriteStrategy {

  /** A while after a bucket is whole; a budget's, after any month. */
  static final CappedExpiry USUAL =
      new CappedExpiry(
          ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ofSeconds(10)),
          Duration.ofDays(33).toMillis());

  @Override
  public long calculateTimeToLiveMillis(RemoteBucketState state, long currentTimeNanos) {
    return Math.min(millisMax, usual.calculateTimeToLiveMillis(state, currentTimeNanos));
  }

  @Override
  public SerializationHandle<ExpirationAfterWriteStrategy> getSerializationHandle() {
    return usual.getSerializationHandle();
  }
}
