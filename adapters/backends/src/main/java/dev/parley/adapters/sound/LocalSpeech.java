package dev.parley.adapters.sound;

import dev.parley.core.speech.SpeechEvent;
import io.netty.channel.EventLoop;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Speech of an engine on this machine. Steps are made on the engine's threads, one at a time and
 * one ahead of what the subscriber took; what they made is delivered on the event loop that
 * subscribed.
 */
public final class LocalSpeech implements Flow.Publisher<SpeechEvent> {

  /**
   * Where an engine works.
   *
   * @param loops names the loop of the subscriber
   * @param threads run the steps; one that has no room rejects them
   */
  public record Place(Supplier<EventLoop> loops, Executor threads) {}

  private final Place place;
  private final String backend;
  private final Supplier<Speaking> begin;
  private final AtomicBoolean used = new AtomicBoolean();

  /**
   * @param backend who speaks, for messages
   * @param begin prepares the work without waiting; may throw a HubException
   */
  public LocalSpeech(Place place, String backend, Supplier<Speaking> begin) {
    this.place = place;
    this.backend = backend;
    this.begin = begin;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super SpeechEvent> subscriber) {
    LocalSubscription subscription = new LocalSubscription(place, backend, subscriber);
    subscriber.onSubscribe(subscription);
    subscription.start(
        used.compareAndSet(false, true)
            ? begin
            : () -> {
              throw new IllegalStateException("speech can be subscribed to once");
            });
  }
}
