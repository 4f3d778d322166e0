package dev.parley.hub.recognition;

import dev.parley.core.json.Json;
import dev.parley.core.json.JsonValue;
import dev.parley.core.recognition.LanguageGuess;
import dev.parley.core.recognition.RecognitionUsage;
import dev.parley.core.recognition.Segment;
import dev.parley.core.recognition.TokenLogprob;
import dev.parley.core.recognition.Transcript;
import dev.parley.core.recognition.Word;
import dev.parley.hub.media.SoundPiece;
import dev.parley.hub.recognition.order.RecognizedEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Puts clips that were written down together again: times count from the start of the sound, texts
 * become one. Clips come in the order of the sound, one channel after the other. For one thread.
 */
final class Stitching {

  private final List<RecognizedEvent.Stretch> stretches = new ArrayList<>();
  private final TextJoint joint = new TextJoint();
  private final ClipJoint clipJoint = new ClipJoint();
  private final List<TokenLogprob> logprobs = new ArrayList<>();
  private final Map<String, Double> secondsOfLanguage = new HashMap<>();
  private RecognitionUsage usage = RecognitionUsage.UNKNOWN;
  private OptionalDouble languageProbability = OptionalDouble.empty();
  private List<LanguageGuess> languages = List.of();
  private JsonValue extra = Json.EMPTY_OBJECT;
  private int clips;

  /** More of the text of the clip that is being written down; what it adds to the whole. */
  String delta(String text) {
    return joint.add(text);
  }

  /** The next deltas are of another clip. */
  void nextClip() {
    joint.seam();
  }

  /** What a clip adds to the one before it, where they share sound. */
  Transcript joined(SoundPiece piece, Transcript transcript, boolean words) {
    return clipJoint.joined(piece, transcript, words);
  }

  /** A clip is written down; the stretches that it adds, not told of speakers yet. */
  List<RecognizedEvent.Stretch> add(int channel, SoundPiece piece, Transcript transcript) {
    clips++;
    logprobs.addAll(transcript.logprobs());
    usage = usage.and(transcript.usage());
    if (!transcript.language().isEmpty()) {
      secondsOfLanguage.merge(transcript.language(), piece.clip().seconds(), Double::sum);
    }
    if (clips == 1) {
      languageProbability = transcript.languageProbability();
      languages = transcript.languages();
      extra = transcript.extra();
    } else {
      extra = Json.EMPTY_OBJECT;
    }
    List<RecognizedEvent.Stretch> added = new ArrayList<>();
    for (Segment segment : segments(piece, transcript)) {
      added.add(new RecognizedEvent.Stretch(stretches.size() + added.size(), channel, segment));
    }
    stretches.addAll(added);
    return added;
  }

  /** What the backends say that the clips took so far. */
  RecognitionUsage usage() {
    return usage;
  }

  private static List<Segment> segments(SoundPiece piece, Transcript transcript) {
    if (transcript.segments().isEmpty()) {
      return transcript.text().isEmpty()
          ? List.of()
          : List.of(
              new Segment(
                  piece.start(),
                  piece.end(),
                  transcript.text(),
                  List.of(),
                  "",
                  "",
                  Segment.Scores.UNTOLD,
                  List.of(),
                  Json.EMPTY_OBJECT));
    }
    return transcript.segments().stream()
        .filter(segment -> !segment.text().isEmpty())
        .map(segment -> inSound(piece, segment))
        .toList();
  }

  private static Segment inSound(SoundPiece piece, Segment segment) {
    double start = piece.timeOf(segment.start());
    return new Segment(
        start,
        Math.max(start, piece.timeOf(segment.end())),
        segment.text(),
        segment.words().stream().map(word -> inSound(piece, word)).toList(),
        segment.speaker(),
        segment.language(),
        segment.scores(),
        segment.tokens(),
        segment.extra());
  }

  private static Word inSound(SoundPiece piece, Word word) {
    double start = piece.timeOf(word.start());
    return new Word(
        word.text(),
        start,
        Math.max(start, piece.timeOf(word.end())),
        word.probability(),
        word.speaker());
  }

  /** The stretches so far, in the order of the clips. */
  List<RecognizedEvent.Stretch> stretches() {
    return stretches;
  }

  /**
   * All of it.
   *
   * @param told its stretches, with their speakers where those are known
   * @param seconds length of the sound
   */
  RecognizedEvent.Written written(List<RecognizedEvent.Stretch> told, double seconds) {
    List<RecognizedEvent.Stretch> sorted =
        told.stream()
            .sorted(Comparator.comparingDouble(stretch -> stretch.segment().start()))
            .toList();
    List<RecognizedEvent.Stretch> ordered = new ArrayList<>();
    for (RecognizedEvent.Stretch stretch : sorted) {
      ordered.add(
          new RecognizedEvent.Stretch(ordered.size(), stretch.channel(), stretch.segment()));
    }
    Transcript transcript =
        new Transcript(
            joint.text(),
            secondsOfLanguage.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(""),
            languageProbability,
            languages,
            OptionalDouble.of(seconds),
            ordered.stream().map(RecognizedEvent.Stretch::segment).toList(),
            logprobs,
            usage,
            extra);
    return new RecognizedEvent.Written(transcript, ordered);
  }
}
