package dev.parley.hub.edge.grpc;

import dev.parley.core.json.Json;
import dev.parley.core.model.Chunk;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.DocumentEvent;
import dev.parley.hub.dispatch.Dispatched;
import dev.parley.hub.telemetry.CallFacts;
import dev.parley.hub.telemetry.CallRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Answers calls from a script, event by event as they are asked for. */
final class FakeGateway implements DocumentGateway {

  /** What a call answers at each position; null completes it. */
  private volatile LongFunction<@Nullable Object> script = _ -> null;

  final AtomicLong sent = new AtomicLong();
  volatile CompletableFuture<Void> cancelled = new CompletableFuture<>();
  volatile CompletableFuture<DocumentCall> call = new CompletableFuture<>();
  volatile Duration patience = Duration.ZERO;

  /** Answers with these events, or failures. */
  void answers(Object... events) {
    answers(i -> i < events.length ? events[(int) i] : null);
  }

  void answers(LongFunction<@Nullable Object> next) {
    script = next;
    sent.set(0);
    cancelled = new CompletableFuture<>();
    call = new CompletableFuture<>();
  }

  static DocumentEvent whole(String json) {
    return new DocumentEvent.Whole(
        Json.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)), null);
  }

  static DocumentEvent chunk(String json, Chunk.Kind kind) {
    return new DocumentEvent.Chunks(
        List.of(
            new Chunk(
                Json.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)), kind, null)));
  }

  @Override
  public Dispatched open(
      DocumentCall opened, ScheduledExecutorService loop, Duration callerPatience) {
    patience = callerPatience;
    call.complete(opened);
    LongFunction<@Nullable Object> events = script;
    return new Dispatched(
        subscriber -> subscriber.onSubscribe(new Run(events, loop, subscriber)),
        new CallRecord(CallFacts.of(opened), 0));
  }

  private final class Run implements Flow.Subscription {
    private final LongFunction<@Nullable Object> events;
    private final ScheduledExecutorService loop;
    private final Flow.Subscriber<? super DocumentEvent> subscriber;
    private long demand;
    private boolean running;
    private boolean ended;

    Run(
        LongFunction<@Nullable Object> events,
        ScheduledExecutorService loop,
        Flow.Subscriber<? super DocumentEvent> subscriber) {
      this.events = events;
      this.loop = loop;
      this.subscriber = subscriber;
    }

    @Override
    public void request(long n) {
      demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
      if (!running) {
        running = true;
        loop.execute(this::emit);
      }
    }

    @Override
    public void cancel() {
      ended = true;
      cancelled.complete(null);
    }

    private void emit() {
      running = false;
      while (demand > 0 && !ended) {
        demand--;
        switch (events.apply(sent.get())) {
          case null -> {
            ended = true;
            subscriber.onComplete();
          }
          case DocumentEvent event -> {
            sent.incrementAndGet();
            subscriber.onNext(event);
          }
          case Throwable failure -> {
            ended = true;
            subscriber.onError(failure);
          }
          case Object _ -> demand = 0; // Silence: the call stays open.
        }
      }
    }
  }
}
