package dev.parley.testkit.backend;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a fake treats one request: what it answers, at what pace, and where it breaks off. Start from
 * a factory and add: {@code Behaviour.usual().paced(Duration.ofMillis(20)).resetAfter(3)}.
 *
 * @param replacement what to answer instead of the fake's own answer
 * @param beforeHeaders how long nothing is sent
 * @param betweenFrames how long to wait before each frame but the first
 * @param gate where to wait for the test
 * @param gateBefore index of the frame the gate stands before, -1 for the headers
 * @param cut size in bytes of the frames the body is cut into, 0 for the fake's own frames
 * @param lastFrame a frame sent in place of everything after {@code stopAfter} frames
 * @param stopAfter how many frames are sent, -1 for not even headers
 * @param ending what happens then
 */
public record Behaviour(
    @Nullable Answer replacement,
    Duration beforeHeaders,
    Duration betweenFrames,
    @Nullable Gate gate,
    int gateBefore,
    int cut,
    @Nullable String lastFrame,
    int stopAfter,
    Ending ending) {

  private static final Behaviour USUAL =
      new Behaviour(
          null, Duration.ZERO, Duration.ZERO, null, 0, 0, null, Integer.MAX_VALUE, Ending.COMPLETE);

  /** Checks the numbers. */
  public Behaviour {
    if (beforeHeaders.isNegative() || betweenFrames.isNegative()) {
      throw new IllegalArgumentException("a delay must not be negative");
    }
    if (cut < 0 || stopAfter < -1 || gateBefore < -1) {
      throw new IllegalArgumentException("cut >= 0, stopAfter >= -1 and gateBefore >= -1 expected");
    }
  }

  /** The fake's own answer, at once and whole. */
  public static Behaviour usual() {
    return USUAL;
  }

  /** Another answer. */
  public static Behaviour reply(Answer answer) {
    return new Behaviour(
        answer, Duration.ZERO, Duration.ZERO, null, 0, 0, null, Integer.MAX_VALUE, Ending.COMPLETE);
  }

  /** Another status with a JSON body, written as it stands. */
  public static Behaviour status(int status, String json) {
    return reply(Answer.of(status, "application/json", json.getBytes(UTF_8)));
  }

  /** Another status with headers of its own and a body written as it stands. */
  public static Behaviour status(int status, Map<String, String> headers, String body) {
    return reply(Answer.empty(status).with(headers).endingWith(0, body.getBytes(UTF_8)));
  }

  /** Takes the request and stays silent. */
  public static Behaviour hang() {
    return USUAL.stop(-1, Ending.HANG);
  }

  /** Takes the request and closes the connection without a byte. */
  public static Behaviour close() {
    return USUAL.stop(-1, Ending.CLOSE);
  }

  /** Takes the request and resets the connection. */
  public static Behaviour reset() {
    return USUAL.stop(-1, Ending.RESET);
  }

  /** Waits before the headers. */
  public Behaviour delayed(Duration delay) {
    return new Behaviour(
        replacement, delay, betweenFrames, gate, gateBefore, cut, lastFrame, stopAfter, ending);
  }

  /** Waits between frames. */
  public Behaviour paced(Duration pace) {
    return new Behaviour(
        replacement, beforeHeaders, pace, gate, gateBefore, cut, lastFrame, stopAfter, ending);
  }

  /** Waits for the test before the headers. */
  public Behaviour gatedBeforeHeaders(Gate newGate) {
    return gated(-1, newGate);
  }

  /** Waits for the test once so many frames are out. */
  public Behaviour gatedAfter(int frames, Gate newGate) {
    return gated(frames, newGate);
  }

  /** Cuts the body into pieces of at most so many bytes, through characters and events alike. */
  public Behaviour cutInto(int bytes) {
    return new Behaviour(
        replacement,
        beforeHeaders,
        betweenFrames,
        gate,
        gateBefore,
        bytes,
        lastFrame,
        stopAfter,
        ending);
  }

  /** Sends so many frames, then this text, and ends in order: an error event in mid-stream. */
  public Behaviour endingAfter(int frames, String frame) {
    return new Behaviour(
        replacement,
        beforeHeaders,
        betweenFrames,
        gate,
        gateBefore,
        cut,
        frame,
        frames,
        Ending.COMPLETE);
  }

  /** Sends headers and so many frames, then ends in order as if that were all. */
  public Behaviour endAfter(int frames) {
    return stop(frames, Ending.COMPLETE);
  }

  /** Sends headers and so many frames, then nothing more. */
  public Behaviour hangAfter(int frames) {
    return stop(frames, Ending.HANG);
  }

  /** Sends headers and so many frames, then closes the connection. */
  public Behaviour closeAfter(int frames) {
    return stop(frames, Ending.CLOSE);
  }

  /** Sends headers and so many frames, then resets the connection. */
  public Behaviour resetAfter(int frames) {
    return stop(frames, Ending.RESET);
  }

  private Behaviour gated(int before, Gate newGate) {
    return new Behaviour(
        replacement,
        beforeHeaders,
        betweenFrames,
        newGate,
        before,
        cut,
        lastFrame,
        stopAfter,
        ending);
  }

  private Behaviour stop(int frames, Ending how) {
    return new Behaviour(
        replacement, beforeHeaders, betweenFrames, gate, gateBefore, cut, null, frames, how);
  }

  Answer applyTo(Answer own) {
    var answer = replacement == null ? own : replacement;
    answer = cut == 0 ? answer : answer.cutInto(cut);
    return lastFrame == null ? answer : answer.endingWith(stopAfter, lastFrame.getBytes(UTF_8));
  }

  int framesToSend(Answer answer) {
    return lastFrame == null ? Math.min(stopAfter, answer.frames().size()) : answer.frames().size();
  }
}
