package dev.parley.core.framing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Feeds decoders with streams cut at given places; each chunk is an array of its own, as reads
/// from a socket are.
final class Streams {

  private Streams() {}

  static List<SseEvent> events(byte[] stream, Iterable<Integer> cuts) {
    List<SseEvent> events = new ArrayList<>();
    SseDecoder decoder = new SseDecoder();
    for (byte[] chunk : chunks(stream, cuts)) {
      decoder.feed(chunk, 0, chunk.length, events::add);
    }
    decoder.end(events::add);
    return events;
  }

  static List<SseEvent> events(String stream) {
    return events(stream.getBytes(UTF_8), List.of());
  }

  static List<String> lines(byte[] stream, Iterable<Integer> cuts) {
    List<String> lines = new ArrayList<>();
    LineSink sink = (data, from, to) -> lines.add(new String(data, from, to - from, UTF_8));
    NdjsonDecoder decoder = new NdjsonDecoder(1 << 20);
    for (byte[] chunk : chunks(stream, cuts)) {
      decoder.feed(chunk, 0, chunk.length, sink);
    }
    decoder.end(sink);
    return lines;
  }

  static SseEvent event(String name, String data) {
    byte[] utf8 = data.getBytes(UTF_8);
    return new SseEvent(name, utf8, 0, utf8.length);
  }

  private static List<byte[]> chunks(byte[] stream, Iterable<Integer> cuts) {
    List<byte[]> chunks = new ArrayList<>();
    int from = 0;
    for (int cut : cuts) {
      chunks.add(Arrays.copyOfRange(stream, from, cut));
      from = cut;
    }
    chunks.add(Arrays.copyOfRange(stream, from, stream.length));
    return chunks;
  }
}
