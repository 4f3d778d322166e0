package dev.parley.hub.dispatch;

import dev.parley.core.model.Amounts;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.Target;
import dev.parley.core.spi.Backend;
import dev.parley.core.time.Clock;
import dev.parley.hub.registry.RegisteredBackend;
import dev.parley.hub.registry.Registry;
import dev.parley.hub.resilience.Attempt;
import dev.parley.hub.resilience.Vitals;
import dev.parley.hub.routing.Plan;
import dev.parley.hub.routing.Router;
import dev.parley.hub.telemetry.CallLog;
import dev.parley.hub.telemetry.CallRecord;
import java.time.Duration;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;

/** Takes calls from the edges and returns their answers. */
public final class Dispatcher {

  private final Registry registry;
  private final CallLog log;
  private final Clock clock;

  public Dispatcher(Registry registry, CallLog log, Clock clock) {
    this.registry = registry;
    this.log = log;
    this.clock = clock;
  }

  /**
   * Starts a call. Nothing is sent before the events are subscribed to; a call that cannot be
   * planned fails there, too.
   *
   * @param loop the event loop of the caller's stream
   * @param callerPatience how long the caller is willing to wait
   */
  public Dispatched open(
      DocumentCall call, ScheduledExecutorService loop, Duration callerPatience) {
    CallRecord record = new CallRecord(call, clock.nanoTime());
    Flow.Publisher<DocumentEvent> events =
        subscriber -> {
          Metered metered = new Metered(subscriber, record, log, clock);
          try {
            attempt(call, loop, callerPatience, record).subscribe(metered);
          } catch (RuntimeException e) {
            metered.failBeforeStart(e);
          }
        };
    return new Dispatched(events, record);
  }

  private Attempt attempt(
      DocumentCall call,
      ScheduledExecutorService loop,
      Duration callerPatience,
      CallRecord record) {
    Plan plan = Router.plan(call.traits(Amounts.NONE), registry.snapshot(), Dispatcher::vitals, 0);
    Plan.Step step = plan.chosen().getFirst();
    Target target = step.target();
    return new Attempt(
        step.backend().bulkhead(),
        step.backend()
            .limits(call.kind().capability(), call.head().stream())
            .clippedTo(callerPatience),
        () -> {
          record.attempt(target, clock.nanoTime());
          return send(step.backend().backend(), call, target);
        },
        target.backend(),
        loop,
        clock);
  }

  private static Vitals vitals(RegisteredBackend backend, Target target) {
    return Vitals.fresh(backend.config().limits().concurrency());
  }

  private static Flow.Publisher<DocumentEvent> send(
      Backend backend, DocumentCall call, Target target) {
    return switch (call.kind()) {
      case CHAT -> backend.chat().orElseThrow().chat(call, target);
      case COMPLETION -> backend.completion().orElseThrow().complete(call, target);
      case EMBEDDING -> backend.embedding().orElseThrow().embed(call, target);
    };
  }
}
