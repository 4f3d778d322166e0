package dev.parley.hub.recognition.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.hub.recognition.live.LiveEvent.Heard;
import dev.parley.hub.recognition.live.LiveEvent.Result;
import dev.parley.hub.recognition.live.LiveEvent.Summary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads events, and checks at each one what holds for all streams. */
final class Reader implements Flow.Subscriber<LiveEvent> {

  final List<LiveEvent> events = new ArrayList<>();
  private final long demand;
  private final Map<Integer, String> stable = new HashMap<>();
  private final Map<Integer, Result> finals = new HashMap<>();
  private long processed;
  private Flow.@Nullable Subscription subscription;
  @Nullable Throwable failure;
  boolean complete;

  Reader(long demand) {
    this.demand = demand;
  }

  /** Wants more events. */
  void request(long count) {
    if (subscription != null) {
      subscription.request(count);
    }
  }

  /** Wants none any more. */
  void leave() {
    if (subscription != null) {
      subscription.cancel();
    }
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    if (demand > 0) {
      given.request(demand);
    }
  }

  @Override
  public void onNext(LiveEvent event) {
    assertThat(complete || failure != null).isFalse();
    assertThat(event.processedMs()).isGreaterThanOrEqualTo(processed);
    processed = event.processedMs();
    if (event instanceof Result result) {
      check(result);
    }
    events.add(event);
  }

  private void check(Result result) {
    var text = result.segment().text();
    assertThat(finals).doesNotContainKey(result.id());
    assertThat(text).startsWith(stable.getOrDefault(result.id(), ""));
    assertThat(result.stableChars()).isBetween(0, text.length());
    assertThat(result.segment().end()).isGreaterThan(result.segment().start());
    stable.put(result.id(), text.substring(0, result.stableChars()));
    if (result.isFinal()) {
      assertThat(result.stableChars()).isEqualTo(text.length());
      assertThat(result.id()).isEqualTo(finals.size());
      finals.put(result.id(), result);
    }
  }

  @Override
  public void onError(Throwable cause) {
    failure = cause;
  }

  @Override
  public void onComplete() {
    complete = true;
  }

  List<Result> finals() {
    return events.stream()
        .filter(e -> e instanceof Result r && r.isFinal())
        .map(Result.class::cast)
        .toList();
  }

  List<Result> interims() {
    return events.stream()
        .filter(e -> e instanceof Result r && !r.isFinal())
        .map(Result.class::cast)
        .toList();
  }

  List<Heard> heard() {
    return events.stream().filter(Heard.class::isInstance).map(Heard.class::cast).toList();
  }

  /** Kinds of what was heard, and F for finals. */
  String course() {
    return events.stream()
        .filter(e -> e instanceof Heard || (e instanceof Result r && r.isFinal()))
        .map(e -> e instanceof Heard h ? h.kind().name() : "FINAL")
        .collect(Collectors.joining(" "));
  }

  String text() {
    return finals().stream().map(r -> r.segment().text()).collect(Collectors.joining(" "));
  }

  Summary summary() {
    return (Summary) events.getLast();
  }
}
