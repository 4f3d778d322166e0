package dev.parley.testkit.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** One thing a {@link FaultServer} does on a connection, in the order given. */
public sealed interface FaultStep {

  /**
   * Writes these bytes, each given as one Latin-1 character so that the step cannot be changed
   * afterwards.
   */
  record Send(String latin1) implements FaultStep {

    /** Writes a text as UTF-8. */
    public static Send text(String text) {
      return bytes(text.getBytes(UTF_8));
    }

    /** Writes bytes. */
    public static Send bytes(byte[] bytes) {
      return new Send(new String(bytes, ISO_8859_1));
    }
  }

  /** Writes the bytes of a step one by one with a pause after each. */
  record Drip(Send what, Duration pause) implements FaultStep {}

  /** Reads until a whole request with its body has arrived, or the caller closed. */
  record AwaitRequest() implements FaultStep {}

  /** Reads until the end of the request's head, leaving the body unread. */
  record AwaitHead() implements FaultStep {}

  /** Waits until the latch is released, at most so long. */
  record Pause(CountDownLatch until, Duration limit) implements FaultStep {}

  /** Counts the latch down: tells the test that all steps before are done. */
  record Signal(CountDownLatch done) implements FaultStep {}

  /** Closes in order: a FIN, unread input notwithstanding. */
  record Close() implements FaultStep {}

  /** Closes with a RST. */
  record Reset() implements FaultStep {}

  /** Stays silent until the caller closes or the server does. */
  record Hang() implements FaultStep {}

  /**
   * Neither reads nor answers nor closes, as a host does that was cut off: until the server is
   * closed, whatever the caller does.
   */
  record Freeze() implements FaultStep {}
}
