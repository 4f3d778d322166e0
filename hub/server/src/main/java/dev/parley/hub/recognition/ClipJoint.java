package dev.parley.hub.recognition;

import dev.parley.core.recognition.Clip;
import dev.parley.core.recognition.Segment;
import dev.parley.core.recognition.TokenLogprob;
import dev.parley.core.recognition.Transcript;
import dev.parley.core.recognition.Word;
import dev.parley.hub.media.SoundPiece;
import dev.parley.hub.recognition.seam.Placed;
import dev.parley.hub.recognition.seam.Seam;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Leaves of each clip's reading what it alone tells, where neighbours share sound: no word is told
 * twice, none is lost, and times go on. Clips come in the order of the sound, one channel after the
 * other. For one thread.
 */
final class ClipJoint {

  /** What the clip before has told, and what it left to this one; null: they share nothing. */
  private @Nullable Left left;

  /**
   * What a clip leaves to the next one.
   *
   * @param seam in seconds of the sound
   * @param reading of the earlier clip
   * @param logprobs of all words of it
   * @param from its first word that is not told
   * @param origin where in the sound its times count from, in seconds
   */
  private record Left(
      Seam seam, SegmentWords reading, List<TokenLogprob> logprobs, int from, double origin) {}

  /**
   * What a clip adds; times count from the start of the clip, as before.
   *
   * @param words whether somebody wants to know the times of words
   */
  Transcript joined(SoundPiece piece, Transcript transcript, boolean words) {
    Left before = left;
    left = null;
    if (before == null && piece.sharedBehind() == 0) {
      return transcript;
    }
    SegmentWords reading = SegmentWords.of(transcript, piece.clip().seconds());
    double origin = piece.start();
    List<Segment> told = new ArrayList<>();
    List<TokenLogprob> logprobs = new ArrayList<>();
    int first = 0;
    double least = 0;
    if (before != null) {
      Placed placed =
          Placed.fromTheStart(reading.tokens(), origin, origin + piece.clip().seconds());
      Seam.Place place = before.seam().place(placed);
      first = place.skipped();
      least = before.seam().middle() - origin;
      double earlier = before.origin() - origin;
      int recovered = before.from() + place.recovered();
      for (Segment segment : before.reading().part(before.from(), recovered)) {
        told.add(later(segment, earlier));
      }
      logprobs.addAll(logprobs(before.logprobs(), before.reading(), before.from(), recovered));
    }
    int last = reading.tokens().size();
    double most = piece.clip().seconds();
    if (piece.sharedBehind() > 0) {
      Left next = leave(piece, reading, transcript.logprobs(), first);
      left = next;
      last = next.from();
      most = next.seam().middle() - next.origin();
    }
    told.addAll(reading.part(first, last));
    logprobs.addAll(logprobs(transcript.logprobs(), reading, first, last));
    double from = least;
    double to = Math.max(least, most);
    return with(
        transcript,
        told.stream().map(segment -> within(segment, from, to, words)).toList(),
        logprobs);
  }

  private static Left leave(
      SoundPiece piece, SegmentWords reading, List<TokenLogprob> logprobs, int first) {
    SoundPiece.Part end = piece.parts().getLast();
    double origin = (double) (end.from() - end.at()) / Clip.RATE_HZ;
    double to = piece.end();
    double from = to - (double) piece.sharedBehind() / Clip.RATE_HZ;
    int all = reading.tokens().size();
    Placed placed = Placed.toTheEnd(reading.tokens(), origin, origin + piece.clip().seconds());
    int stay = Math.max(first, Seam.kept(placed, from, to));
    // What a short clip found told already, the next one may hear, too.
    Seam seam = new Seam(placed.part(0, stay), placed.part(stay, all), from, to);
    return new Left(seam, reading, logprobs, stay, origin);
  }

  private static Segment later(Segment segment, double seconds) {
    return copy(
        segment,
        segment.start() + seconds,
        segment.end() + seconds,
        segment.words().stream()
            .map(word -> copy(word, word.start() + seconds, word.end() + seconds))
            .toList());
  }

  /** Two readings may differ by some milliseconds: times still go on. */
  private static Segment within(Segment segment, double from, double to, boolean words) {
    double start = Math.clamp(segment.start(), from, to);
    double end = Math.clamp(segment.end(), start, to);
    List<Word> timed = new ArrayList<>();
    for (Word word : words ? segment.words() : List.<Word>of()) {
      double begins = Math.clamp(word.start(), from, to);
      timed.add(copy(word, begins, Math.clamp(word.end(), begins, to)));
    }
    return copy(segment, start, end, timed);
  }

  private static Word copy(Word word, double start, double end) {
    return new Word(word.text(), start, end, word.probability(), word.speaker());
  }

  private static Segment copy(Segment segment, double start, double end, List<Word> words) {
    return new Segment(
        start,
        end,
        segment.text(),
        words,
        segment.speaker(),
        segment.language(),
        segment.scores(),
        segment.tokens(),
        segment.extra());
  }

  private static Transcript with(
      Transcript whole, List<Segment> segments, List<TokenLogprob> logprobs) {
    return new Transcript(
        TextJoint.of(segments.stream().map(Segment::text).toList()),
        whole.language(),
        whole.languageProbability(),
        whole.languages(),
        whole.seconds(),
        segments,
        logprobs,
        whole.usage(),
        whole.extra());
  }

  /** Those of the words that are told, found by their letters. */
  private static List<TokenLogprob> logprobs(
      List<TokenLogprob> all, SegmentWords reading, int first, int last) {
    int from = letters(reading, first);
    int to = letters(reading, last);
    List<TokenLogprob> told = new ArrayList<>();
    int at = 0;
    for (TokenLogprob token : all) {
      if (at >= from && at < to) {
        told.add(token);
      }
      at += letters(token.token());
    }
    return told;
  }

  private static int letters(SegmentWords reading, int count) {
    return reading.tokens().subList(0, count).stream()
        .mapToInt(token -> letters(token.core()))
        .sum();
  }

  private static int letters(String text) {
    return (int) text.codePoints().filter(Character::isLetterOrDigit).count();
  }
}
