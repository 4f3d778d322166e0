package dev.parley.hub.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.parley.hub.bench.http.EventCutter;
import dev.parley.hub.bench.http.Heads;

/** Streams: how many deltas, and either how soon the first comes or how long each was under way. */
final class StreamCaller extends Caller {

  /** What is timed. */
  enum Timing {
    FIRST_DELTA,
    EACH_DELTA
  }

  private static final byte[] CHOICE = "\"finish_reason\"".getBytes(US_ASCII);
  private static final byte[] SENT = "\"x_sent_ns\":\"".getBytes(US_ASCII);

  private final EventCutter cutter = new EventCutter(this::event);
  private final int deltas;
  private final Timing timing;
  private int seen;

  StreamCaller(byte[] request, Tally tally, int deltas, Timing timing) {
    super(request, tally);
    this.deltas = deltas;
    this.timing = timing;
  }

  @Override
  void requested() {
    seen = 0;
  }

  @Override
  public void body(byte[] bytes, int from, int to) {
    cutter.feed(bytes, from, to);
  }

  private void event(byte[] event, int length) {
    if (Heads.find(event, length, CHOICE) < 0) {
      return;
    }
    seen++;
    switch (timing) {
      case FIRST_DELTA -> {
        if (seen == 1) {
          tally().took(sinceRequest());
        }
      }
      case EACH_DELTA -> {
        int at = Heads.find(event, length, SENT);
        tally().underWay(readNanos() - Heads.number(event, at + SENT.length, length));
      }
    }
    tally().counted(readNanos());
  }

  @Override
  void answered() {
    tally().lost(deltas - seen);
  }
}
