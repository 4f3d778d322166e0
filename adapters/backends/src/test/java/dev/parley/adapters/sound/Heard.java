package dev.parley.adapters.sound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.Json;
import dev.parley.core.model.Caller;
import dev.parley.core.speech.SpeechCall;
import dev.parley.core.speech.SpeechEvent;
import dev.parley.core.speech.SpeechMark;
import dev.parley.core.speech.SpeechText;
import dev.parley.core.speech.TargetVoice;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Listens to a spoken text and remembers all of it. */
public final class Heard implements Flow.Subscriber<SpeechEvent> {

  private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final List<SpeechEvent> events = new ArrayList<>();
  private final long first;
  private Flow.@Nullable Subscription subscription;
  private @Nullable Throwable failure;
  private boolean completed;

  private Heard(long first) {
    this.first = first;
  }

  /** Everything, once it ended. */
  public static Heard all(Flow.Publisher<SpeechEvent> speech) {
    Heard heard = some(speech, Long.MAX_VALUE);
    heard.until(() -> heard.completed || heard.failure != null);
    return heard;
  }

  /** Subscribed, with a first demand. */
  public static Heard some(Flow.Publisher<SpeechEvent> speech, long first) {
    Heard heard = new Heard(first);
    speech.subscribe(heard);
    return heard;
  }

  /** A call for a plain text and nothing special. */
  public static SpeechCall call(String text) {
    return call(new SpeechText.Plain(text), new TargetVoice.Usual(), "{}");
  }

  /** A call with further members, a JSON object. */
  public static SpeechCall call(SpeechText text, TargetVoice voice, String extra) {
    return new SpeechCall(
        text,
        voice,
        "",
        1,
        "",
        List.of(),
        Set.of(),
        OptionalLong.empty(),
        true,
        Json.parse(extra.getBytes(StandardCharsets.UTF_8)),
        "request-1",
        Map.of(),
        Caller.ANYONE);
  }

  /** The same call at another speed, in a language, with marks. */
  public static SpeechCall with(
      SpeechCall call, double speed, String language, Set<SpeechMark.Kind> marks) {
    return new SpeechCall(
        call.text(),
        call.voice(),
        language,
        speed,
        call.instructions(),
        call.pronunciations(),
        marks,
        call.seed(),
        call.stream(),
        call.extra(),
        call.requestId(),
        call.headers(),
        call.caller());
  }

  /** The error that a question ended with. */
  public static HubError errorOf(CompletableFuture<?> answer) {
    try {
      answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof HubException hub) {
        return hub.error();
      }
      throw e;
    }
    throw new AssertionError("no error");
  }

  @Override
  public synchronized void onSubscribe(Flow.Subscription made) {
    subscription = made;
    if (first > 0) {
      made.request(first);
    }
  }

  @Override
  public synchronized void onNext(SpeechEvent event) {
    assertThat(completed || failure != null).as("an event behind the end").isFalse();
    events.add(event);
    notifyAll();
  }

  @Override
  public synchronized void onError(Throwable thrown) {
    failure = thrown;
    notifyAll();
  }

  @Override
  public synchronized void onComplete() {
    completed = true;
    notifyAll();
  }

  public synchronized Flow.Subscription subscription() {
    if (subscription == null) {
      throw new AssertionError("not subscribed");
    }
    return subscription;
  }

  public synchronized List<SpeechEvent> events() {
    return List.copyOf(events);
  }

  public synchronized boolean completed() {
    return completed;
  }

  /** The error that it ended with. */
  public synchronized HubError error() {
    if (failure instanceof HubException hub) {
      return hub.error();
    }
    throw new AssertionError("no HubException but completed " + completed, failure);
  }

  /** What the sound is; the first event of each call that went well. */
  public SpeechEvent.Opened opened() {
    if (!(events().getFirst() instanceof SpeechEvent.Opened opened)) {
      throw new AssertionError("first came " + events().getFirst());
    }
    return opened;
  }

  /** All bytes. */
  public byte[] sound() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (SpeechEvent event : events()) {
      if (event instanceof SpeechEvent.Sound(byte[] bytes)) {
        all.writeBytes(bytes);
      }
    }
    return all.toByteArray();
  }

  /** The bytes as 16-bit samples of full scale 1. */
  public float[] samples() {
    byte[] bytes = sound();
    float[] samples = new float[bytes.length / 2];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) ((bytes[2 * i] & 0xFF) | bytes[2 * i + 1] << 8) / 32_768f;
    }
    return samples;
  }

  /** Seconds of headerless sound. */
  public double seconds() {
    return (double) sound().length / 2 / opened().format().sampleRateHz();
  }

  /** All marks of a kind, in order. */
  public List<SpeechMark> marks(SpeechMark.Kind kind) {
    return events().stream()
        .filter(SpeechEvent.Marks.class::isInstance)
        .flatMap(event -> ((SpeechEvent.Marks) event).marks().stream())
        .filter(mark -> mark.kind() == kind)
        .toList();
  }

  /** Waits until something holds. */
  public synchronized void until(BooleanSupplier holds) {
    long deadline = System.nanoTime() + WAIT_NANOS;
    while (!holds.getAsBoolean()) {
      long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (millis <= 0) {
        throw new AssertionError("nothing more came after " + events.size() + " events", failure);
      }
      try {
        wait(millis);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
