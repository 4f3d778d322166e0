package dev.parley.core.speech;

import java.util.List;
import java.util.Set;

/**
 * What a model can do with a text, as far as its server or its adapter tells. Data: the hub reads
 * it to choose targets, to refuse precisely, and to do itself what can be done without the model.
 *
 * @param streams whether sound comes while it is made; else a call's sound comes when all of it is
 *     made
 * @param languages BCP 47 tags; empty: not limited, or not known
 * @param charactersMax longest text of one call, in UTF-16 units
 * @param speedMin slowest speech that the model itself can do; 1 where it cannot
 * @param speedMax fastest; 1 where it cannot
 * @param instructions whether it can be told in words how to sound
 * @param descriptions whether it can make up a voice from words
 * @param ssml whether it reads SSML
 * @param alphabets in which pronunciations can be given, lower case; {@code alias} never, as the
 *     hub does that itself
 * @param marks what it can report besides sound
 * @param cloning how it takes a voice from recordings
 * @param blends whether it can mix its own voices
 */
public record SynthesisAbilities(
    boolean streams,
    List<String> languages,
    int charactersMax,
    double speedMin,
    double speedMax,
    boolean instructions,
    boolean descriptions,
    boolean ssml,
    Set<String> alphabets,
    Set<SpeechMark.Kind> marks,
    Cloning cloning,
    boolean blends) {

  /** Speaks plain text in its own voices at its own pace, whole sounds only, and nothing else. */
  public static final SynthesisAbilities PLAIN = new Builder().build();

  public SynthesisAbilities {
    languages = List.copyOf(languages);
    alphabets = Set.copyOf(alphabets);
    marks = Set.copyOf(marks);
    if (charactersMax < 1 || !(speedMin > 0) || !(speedMin <= 1) || !(speedMax >= 1)) {
      throw new IllegalArgumentException(
          "characters up to "
              + charactersMax
              + ", speed "
              + speedMin
              + ".."
              + speedMax
              + " (expected: 1 or more, a range around 1)");
    }
  }

  /** How a model takes a voice from recordings. */
  public sealed interface Cloning {

    Cloning NONE = new Impossible();

    /** Not at all. */
    record Impossible() implements Cloning {}

    /** The recordings go with each call. */
    record WithTheCall(RecordingLimits limits) implements Cloning {}

    /** The server keeps them under a name; see {@link dev.parley.core.spi.VoiceKeeper}. */
    record KeptThere(RecordingLimits limits) implements Cloning {}
  }

  /**
   * Which recordings a model takes.
   *
   * @param secondsMin shortest
   * @param secondsMax longest
   * @param countMax most of them
   * @param transcript whether it needs to know what is said
   */
  public record RecordingLimits(
      double secondsMin, double secondsMax, int countMax, boolean transcript) {}

  /** Starts from {@link #PLAIN}. */
  public static Builder builder() {
    return new Builder();
  }

  /** States one ability after the other; what is not stated is not there. */
  public static final class Builder {
    private boolean streams;
    private List<String> languages = List.of();
    private int charactersMax = 4_096;
    private double speedMin = 1;
    private double speedMax = 1;
    private boolean instructions;
    private boolean descriptions;
    private boolean ssml;
    private Set<String> alphabets = Set.of();
    private Set<SpeechMark.Kind> marks = Set.of();
    private Cloning cloning = Cloning.NONE;
    private boolean blends;

    private Builder() {}

    public Builder streams() {
      streams = true;
      return this;
    }

    public Builder languages(List<String> tags) {
      languages = tags;
      return this;
    }

    public Builder charactersMax(int most) {
      charactersMax = most;
      return this;
    }

    public Builder speed(double slowest, double fastest) {
      speedMin = slowest;
      speedMax = fastest;
      return this;
    }

    public Builder instructions() {
      instructions = true;
      return this;
    }

    public Builder descriptions() {
      descriptions = true;
      return this;
    }

    public Builder ssml() {
      ssml = true;
      return this;
    }

    public Builder alphabets(Set<String> names) {
      alphabets = names;
      return this;
    }

    public Builder marks(Set<SpeechMark.Kind> kinds) {
      marks = kinds;
      return this;
    }

    public Builder cloning(Cloning how) {
      cloning = how;
      return this;
    }

    public Builder blends() {
      blends = true;
      return this;
    }

    public SynthesisAbilities build() {
      return new SynthesisAbilities(
          streams,
          languages,
          charactersMax,
          speedMin,
          speedMax,
          instructions,
          descriptions,
          ssml,
          alphabets,
          marks,
          cloning,
          blends);
    }
  }
}
