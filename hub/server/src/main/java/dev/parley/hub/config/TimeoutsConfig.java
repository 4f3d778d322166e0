package dev.parley.hub.config;

import dev.parley.core.model.Capability;
import java.time.Duration;
import java.util.Optional;

/**
 * How long one call to a backend may take, phase by phase.
 *
 * @param connect until the connection stands, TLS included
 * @param write until the request is sent
 * @param headers from the beginning to the head of the answer; empty means no limit of its own
 * @param firstByte from the beginning to the first event or byte of the answer's body; empty means
 *     {@link #STREAM_FIRST_BYTE_DEFAULT} for streams and no limit of its own for whole answers,
 *     which begin when they end
 * @param idle between two pieces of an answer
 * @param total the whole call, waiting in the backend's queue included; empty means what is usual
 *     for what is asked
 */
public record TimeoutsConfig(
    Duration connect,
    Duration write,
    Optional<Duration> headers,
    Optional<Duration> firstByte,
    Duration idle,
    Optional<Duration> total) {

  public static final DurationRange CONNECT_RANGE =
      new DurationRange(Duration.ofMillis(10), Duration.ofSeconds(60));
  public static final DurationRange WRITE_RANGE =
      new DurationRange(Duration.ofMillis(10), Duration.ofMinutes(30));
  public static final DurationRange HEADERS_RANGE =
      new DurationRange(Duration.ofMillis(10), Duration.ofMinutes(30));
  public static final DurationRange FIRST_BYTE_RANGE =
      new DurationRange(Duration.ofMillis(10), Duration.ofMinutes(30));
  public static final DurationRange IDLE_RANGE =
      new DurationRange(Duration.ofMillis(10), Duration.ofMinutes(30));
  public static final DurationRange TOTAL_RANGE =
      new DurationRange(Duration.ofMillis(10), Duration.ofHours(24));

  /** A cold or busy language model is silent for long before its first token. */
  public static final Duration STREAM_FIRST_BYTE_DEFAULT = Duration.ofMinutes(2);

  public static final TimeoutsConfig DEFAULT =
      new TimeoutsConfig(
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Optional.empty(),
          Optional.empty(),
          Duration.ofSeconds(60),
          Optional.empty());

  public TimeoutsConfig {
    CONNECT_RANGE.require("connect", connect);
    WRITE_RANGE.require("write", write);
    headers.ifPresent(value -> HEADERS_RANGE.require("headers", value));
    firstByte.ifPresent(value -> FIRST_BYTE_RANGE.require("firstByte", value));
    IDLE_RANGE.require("idle", idle);
    total.ifPresent(value -> TOTAL_RANGE.require("total", value));
  }

  /** The limit of a whole call, the operator's or the usual one. */
  public Duration total(Capability capability) {
    return total.orElse(totalDefault(capability));
  }

  /** What a whole call may take unless the operator says otherwise. */
  public static Duration totalDefault(Capability capability) {
    return Duration.ofSeconds(
        switch (capability) {
          case CHAT, COMPLETION, EMBEDDING, REALTIME -> 300;
          case STT, DIARIZATION, SPEAKER_VERIFICATION -> 120;
          case TTS, VOICE_CLONE, DENOISE, VAD -> 60;
        });
  }
}
