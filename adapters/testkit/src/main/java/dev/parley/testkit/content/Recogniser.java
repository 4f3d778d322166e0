package dev.parley.testkit.content;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What all fakes that write down speech share: what they understand, how long they take, and what
 * they get wrong. Starts with {@link Ears}, English, no delay and no mistakes. Settings hold for
 * later calls; safe for several threads.
 */
public final class Recogniser {
  /** Segments end at a longer pause than this. */
  public static final double PAUSE_SECONDS = 0.4;

  /** Segments end after so many words. */
  public static final int WORDS_OF_SEGMENT = 8;

  /** Mean log-probability that every segment is given. */
  public static final double AVG_LOGPROB = -0.21;

  /** Probability of silence that every segment is given. */
  public static final double NO_SPEECH = 0.012;

  /** Compression ratio that every segment is given. */
  public static final double COMPRESSION = 1.25;

  /** Probability that every word is given. */
  public static final double PROBABILITY = 0.94;

  /** How near to the end of a clip a word must end to be one that is cut. */
  private static final double CUT_SECONDS = 0.012;

  private volatile Hearing hearing = Ears::hear;
  private volatile UnaryOperator<byte[]> decoder = UnaryOperator.identity();
  private volatile String language = "en";
  private volatile Duration perCall = Duration.ZERO;
  private volatile Duration perSecond = Duration.ZERO;
  private volatile int mishears;
  private int calls;
  private double seconds;
  private double longest;

  /** Understands by other means. */
  public void hearing(Hearing how) {
    hearing = how;
  }

  /** Makes a WAV file of what is sent; whatever it makes no WAV file of is unreadable. */
  public void decoder(UnaryOperator<byte[]> toWav) {
    decoder = toWav;
  }

  /** The tag of the language that it hears. */
  public void language(String tag) {
    language = tag;
  }

  /** How long an answer takes: so much, and so much for each second of sound. */
  public void takes(Duration eachCall, Duration eachSecond) {
    perCall = eachCall;
    perSecond = eachSecond;
  }

  /**
   * Gets one word wrong in every so many calls, and every word that ends where its clip does; 0 is
   * never.
   */
  public void mishears(int everyNth) {
    mishears = everyNth;
  }

  /** How many clips were heard. */
  public synchronized int calls() {
    return calls;
  }

  /** How long the clips were together. */
  public synchronized double seconds() {
    return seconds;
  }

  /** How long the longest clip was. */
  public synchronized double longestSeconds() {
    return longest;
  }

  /** How long the answer for a clip takes. */
  public Duration work(double clipSeconds) {
    return perCall.plusNanos((long) (perSecond.toNanos() * clipSeconds));
  }

  /**
   * Understands a file.
   *
   * @throws UnreadableSound when it is no WAV file and no other that the decoder knows
   */
  public Heard hear(byte[] file) {
    var wav = decoder.apply(file);
    if (!isWave(wav)) {
      throw new UnreadableSound(file.length);
    }
    double length;
    List<TimedWord> words;
    try {
      length = (double) Wave.firstChannel(wav).length / Wave.sampleRateHz(wav);
      words = hearing.hear(wav);
    } catch (IllegalArgumentException e) {
      throw new UnreadableSound(file.length, e);
    }
    var call = count(length);
    return new Heard(length, language, segments(misheard(words, length, call)));
  }

  private synchronized int count(double clipSeconds) {
    seconds += clipSeconds;
    longest = Math.max(longest, clipSeconds);
    return ++calls;
  }

  private List<TimedWord> misheard(List<TimedWord> words, double length, int call) {
    var every = mishears;
    if (every == 0 || words.isEmpty()) {
      return words;
    }
    var wrong = new ArrayList<>(words);
    if (call % every == 0) {
      var which = call / every % words.size();
      wrong.set(which, wrong(words.get(which)));
    }
    if (words.getLast().end() > length - CUT_SECONDS) {
      wrong.set(words.size() - 1, wrong(words.getLast()));
    }
    return wrong;
  }

  private static TimedWord wrong(TimedWord word) {
    var turned = new StringBuilder(word.text()).reverse().toString();
    return new TimedWord(
        turned.equals(word.text()) ? turned + "m" : turned, word.start(), word.end());
  }

  private static List<Segment> segments(List<TimedWord> words) {
    var segments = new ArrayList<Segment>();
    var from = 0;
    for (var i = 1; i <= words.size(); i++) {
      if (i == words.size()
          || i - from == WORDS_OF_SEGMENT
          || words.get(i).start() - words.get(i - 1).end() > PAUSE_SECONDS) {
        segments.add(new Segment(segments.size(), words.subList(from, i)));
        from = i;
      }
    }
    return segments;
  }

  private static boolean isWave(byte[] file) {
    return file.length >= Wave.HEADER_BYTES
        && new String(file, 0, 4, StandardCharsets.ISO_8859_1).equals("RIFF")
        && Arrays.equals(file, 8, 12, "WAVE".getBytes(StandardCharsets.US_ASCII), 0, 4);
  }

  /**
   * What was understood of a clip.
   *
   * @param seconds length of the clip
   * @param language tag
   * @param segments in order
   */
  public record Heard(double seconds, String language, List<Segment> segments) {

    /** Copies the list. */
    public Heard {
      segments = List.copyOf(segments);
    }

    /** All words. */
    public List<TimedWord> words() {
      return segments.stream().flatMap(s -> s.words().stream()).toList();
    }

    /** All words, a blank between two. */
    public String text() {
      return String.join(" ", segments.stream().map(Segment::text).toList());
    }
  }

  /**
   * A stretch of what was understood.
   *
   * @param index counted from 0
   * @param words at least one
   */
  public record Segment(int index, List<TimedWord> words) {

    /** Copies the list. */
    public Segment {
      words = List.copyOf(words);
    }

    /** The words, a blank between two. */
    public String text() {
      return String.join(" ", words.stream().map(TimedWord::text).toList());
    }

    /** When the first word begins. */
    public double start() {
      return words.getFirst().start();
    }

    /** When the last word ends. */
    public double end() {
      return words.getLast().end();
    }
  }

  /** A file is no sound that a fake can read. */
  public static final class UnreadableSound extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableSound(int bytes) {
      super(bytes + " bytes (expected: a WAV file)");
    }

    UnreadableSound(int bytes, Throwable cause) {
      super(bytes + " bytes (expected: a WAV file)", cause);
    }
  }
}
