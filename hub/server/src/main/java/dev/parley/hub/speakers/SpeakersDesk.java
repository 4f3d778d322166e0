package dev.parley.hub.speakers;

import dev.parley.core.speakers.Diarization;
import dev.parley.core.speakers.Verification;
import dev.parley.core.time.Clock;
import dev.parley.hub.dispatch.Accounting;
import dev.parley.hub.dispatch.RunningCalls;
import dev.parley.hub.limits.Demand;
import dev.parley.hub.media.LocalSound;
import dev.parley.hub.registry.Registry;
import dev.parley.hub.telemetry.CallRecord;
import java.time.Duration;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Takes questions about speakers from the edges and has backends answer them. Thread-safe. */
public final class SpeakersDesk implements Speakers {

  private final LocalSound sounds;
  private final RunningCalls running;
  private final Accounting accounting;
  private final Clock clock;
  private final SpeakerCalls calls;

  /** What of the hub a question makes use of. */
  public record Parts(
      Registry registry, LocalSound sounds, RunningCalls running, Accounting accounting) {}

  /**
   * @param random draws lots between targets and the pauses between tries; thread-safe
   */
  public SpeakersDesk(Parts parts, Clock clock, RandomGenerator random) {
    this.sounds = parts.sounds();
    this.running = parts.running();
    this.accounting = parts.accounting();
    this.clock = clock;
    this.calls = new SpeakerCalls(parts.registry(), parts.accounting(), clock, random);
  }

  @Override
  public Asked<Diarization> diarize(
      SpeakerOrder.Diarize order, ScheduledExecutorService loop, Duration patience) {
    return ask(
        "diarization",
        order.asker(),
        loop,
        patience,
        (SpeakerQuestion<Diarization> question) ->
            new Diarizing(question, order, calls, sounds).begin());
  }

  @Override
  public Asked<Verification> verify(
      SpeakerOrder.Verify order, ScheduledExecutorService loop, Duration patience) {
    return ask(
        "verification",
        order.asker(),
        loop,
        patience,
        (SpeakerQuestion<Verification> question) ->
            new Verifying(question, order, calls, sounds).begin());
  }

  private <T> Asked<T> ask(
      String kind,
      SpeakerOrder.Asker asker,
      ScheduledExecutorService loop,
      Duration patience,
      Consumer<SpeakerQuestion<T>> first) {
    CallRecord record = calls.record(kind, asker, asker.model());
    Told<T> told = new Told<>(loop);
    long end = clock.nanoTime() + Math.min(patience.toMillis(), 1L << 40) * 1_000_000;
    Flow.Publisher<T> run =
        subscriber -> {
          Asking<T> asking = new Asking<>(running.<T>watched(subscriber, loop), loop);
          SpeakerQuestion<T> question = new SpeakerQuestion<>(asker, asking, record, loop, end);
          asking.begin(() -> first.accept(question));
        };
    accounting.around(record, Demand.of(asker.model()), loop, run).subscribe(told);
    return new Asked<>(told.answer(), record);
  }
}
