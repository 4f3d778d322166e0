package dev.parley.testkit.content;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.testkit.backend.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Ears for real recordings: knows a few by heart, finds where a clip of one of them lies, and says
 * the words whose middle lies in the clip and that are not cut by it. A clip is a piece of one
 * recording, at least 0.3 s of it, with or without silence around; whatever is like none of them
 * says nothing.
 */
public final class Recorded implements Hearing {
  private static final int COARSE = 4;
  private static final int SHARED_FRAMES_LEAST = 25;
  private static final double LIKENESS_LEAST = 0.9;

  /** How much of what sounds in a clip must lie in the recording. */
  private static final double SHARED_LEAST = 0.9;

  private final List<Known> known = new ArrayList<>();

  private record Known(Envelope envelope, List<TimedWord> words) {}

  private record Place(Known known, int at, double likeness) {}

  /**
   * The recordings of a folder whose {@code manifest.json} names WAV files below {@code speech/}
   * with their texts; words have the times of {@code speech/leopard-words.json} where it has them,
   * and are spread evenly elsewhere.
   */
  public static Recorded of(Path audio) throws IOException {
    var recorded = new Recorded();
    var times = Json.read(Files.readAllBytes(audio.resolve("speech/leopard-words.json")));
    for (var entry : Json.read(Files.readAllBytes(audio.resolve("manifest.json")))) {
      var file = entry.path("file").asText();
      if (file.startsWith("speech/") && file.endsWith(".wav") && entry.has("text")) {
        var timed = times.path(file.substring(file.lastIndexOf('/') + 1)).path("words");
        var wav = Files.readAllBytes(audio.resolve(file));
        if (timed.isEmpty()) {
          recorded.learn(wav, entry.path("text").asText());
        } else {
          recorded.learn(wav, words(timed));
        }
      }
    }
    return recorded;
  }

  private static List<TimedWord> words(JsonNode timed) {
    var words = new ArrayList<TimedWord>();
    for (var word : timed) {
      words.add(
          new TimedWord(word.get(0).asText(), word.get(1).asDouble(), word.get(2).asDouble()));
    }
    return words;
  }

  /** Learns a WAV file in which words are said at known times. */
  public void learn(byte[] wav, List<TimedWord> words) {
    var envelope = Envelope.of(Wave.firstChannel(wav), Wave.sampleRateHz(wav));
    known.add(new Known(envelope, List.copyOf(words)));
  }

  /** Learns a WAV file in which a text is said, its words spread evenly. */
  public void learn(byte[] wav, String text) {
    var seconds = (double) Wave.firstChannel(wav).length / Wave.sampleRateHz(wav);
    var pieces = Words.deltas(text).stream().map(String::strip).toList();
    var each = seconds / pieces.size();
    var words = new ArrayList<TimedWord>();
    for (var i = 0; i < pieces.size(); i++) {
      words.add(new TimedWord(pieces.get(i), i * each, (i + 1) * each));
    }
    learn(wav, words);
  }

  @Override
  public List<TimedWord> hear(byte[] wav) {
    var clip = Envelope.of(Wave.firstChannel(wav), Wave.sampleRateHz(wav));
    Place best = null;
    for (var each : known) {
      var place = place(clip, each);
      if (best == null || place.likeness() > best.likeness()) {
        best = place;
      }
    }
    if (best == null || best.likeness() < LIKENESS_LEAST) {
      return List.of();
    }
    var offset = best.at() * Envelope.FRAME_SECONDS;
    var length = clip.frames() * Envelope.FRAME_SECONDS;
    return best.known().words().stream()
        .map(word -> word.later(-offset))
        .filter(word -> word.start() > -0.02 && word.end() < length + 0.02)
        .toList();
  }

  private static Place place(Envelope clip, Known known) {
    var whole = known.envelope();
    var best = new Place(known, 0, -1);
    var first = -Math.max(0, clip.frames() - SHARED_FRAMES_LEAST);
    var last = whole.frames() - Math.min(SHARED_FRAMES_LEAST, clip.frames());
    for (var at = first; at <= last; at++) {
      if (clip.shared(whole, at) < SHARED_LEAST) {
        continue;
      }
      var place = new Place(known, at, clip.likeness(whole, at, COARSE));
      if (place.likeness() > best.likeness()) {
        best = place;
      }
    }
    var fine = new Place(known, 0, -1);
    for (var at = Math.max(first, best.at() - 2); at <= Math.min(last, best.at() + 2); at++) {
      var place = new Place(known, at, clip.likeness(whole, at, 1));
      fine = place.likeness() > fine.likeness() ? place : fine;
    }
    return fine;
  }
}
