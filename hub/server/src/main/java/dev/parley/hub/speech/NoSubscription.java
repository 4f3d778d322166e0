package dev.parley.hub.speech;

import java.util.concurrent.Flow;

/** Of whom nothing can be asked. */
record NoSubscription() implements Flow.Subscription {

  @Override
  public void request(long n) {}

  @Override
  public void cancel() {}
}
