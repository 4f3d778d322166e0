package dev.parley.core.recognition;

import dev.parley.core.audio.AudioEncoding;
import java.util.List;

/**
 * What a model can do with a recording, as far as its server or its adapter tells. Data: the hub
 * reads it to choose targets, to refuse precisely, to prepare the sound, and to do itself what can
 * be done without the model.
 *
 * @param streams whether text comes while it is found
 * @param segments whether it tells when stretches were said
 * @param words whether it tells when words were said
 * @param logprobs whether it tells probabilities of tokens
 * @param translates whether it can write English for what is said in other languages
 * @param detects how it tells which language is spoken
 * @param prompt whether it takes a text that could have come before
 * @param phrases whether it takes phrases to expect
 * @param languageHints how many expected languages it takes: 0 none, 1 one, more a list
 * @param temperature whether the randomness of decoding can be set
 * @param speakers whether it tells speakers apart itself
 * @param knownSpeakersMax how many of them it can be told by a recording; 0: none
 * @param languages BCP 47 tags; empty: not limited, or not known
 * @param encoding what its server takes best: WAV or FLAC
 * @param secondsMax longest clip
 * @param bytesMax largest clip
 */
public record RecognitionAbilities(
    boolean streams,
    boolean segments,
    boolean words,
    boolean logprobs,
    boolean translates,
    Detection detects,
    boolean prompt,
    boolean phrases,
    int languageHints,
    boolean temperature,
    boolean speakers,
    int knownSpeakersMax,
    List<String> languages,
    AudioEncoding encoding,
    double secondsMax,
    long bytesMax) {

  /** How a model tells the language. */
  public enum Detection {
    /** Not at all. */
    NONE,
    /** With every transcript, and only so. */
    WITH_TEXT,
    /** When asked for it alone. */
    ASKED
  }

  /** Longest clip where a server sets no limit: longer sound is cut, so that memory stays flat. */
  public static final double SECONDS_MAX = 600;

  /** Writes down text, and tells nothing else. */
  public static final RecognitionAbilities PLAIN = builder().build();

  public RecognitionAbilities {
    languages = List.copyOf(languages);
    if (!(secondsMax > 0) || bytesMax < 1 || languageHints < 0 || knownSpeakersMax < 0) {
      throw new IllegalArgumentException(
          "clips up to "
              + secondsMax
              + " s and "
              + bytesMax
              + " bytes, "
              + languageHints
              + " languages, "
              + knownSpeakersMax
              + " speakers (expected: none below 0, clips above it)");
    }
    if (encoding != AudioEncoding.WAV && encoding != AudioEncoding.FLAC) {
      throw new IllegalArgumentException("encoding: " + encoding + " (expected: WAV or FLAC)");
    }
  }

  /** Starts from {@link #PLAIN}. */
  public static Builder builder() {
    return new Builder();
  }

  /** States one ability after the other; what is not stated is not there. */
  public static final class Builder {
    private boolean streams;
    private boolean segments;
    private boolean words;
    private boolean logprobs;
    private boolean translates;
    private Detection detects = Detection.NONE;
    private boolean prompt;
    private boolean phrases;
    private int languageHints;
    private boolean temperature;
    private boolean speakers;
    private int knownSpeakersMax;
    private List<String> languages = List.of();
    private AudioEncoding encoding = AudioEncoding.WAV;
    private double secondsMax = SECONDS_MAX;
    private long bytesMax = 1L << 30;

    private Builder() {}

    public Builder streams() {
      streams = true;
      return this;
    }

    public Builder segments() {
      segments = true;
      return this;
    }

    /** Words with their times, and with them segments. */
    public Builder words() {
      words = true;
      segments = true;
      return this;
    }

    public Builder logprobs() {
      logprobs = true;
      return this;
    }

    public Builder translates() {
      translates = true;
      return this;
    }

    public Builder detects(Detection how) {
      detects = how;
      return this;
    }

    public Builder prompt() {
      prompt = true;
      return this;
    }

    public Builder phrases() {
      phrases = true;
      return this;
    }

    public Builder languageHints(int most) {
      languageHints = most;
      return this;
    }

    public Builder temperature() {
      temperature = true;
      return this;
    }

    /** Tells speakers apart, and knows up to so many by a recording. */
    public Builder speakers(int knownMax) {
      speakers = true;
      knownSpeakersMax = knownMax;
      return this;
    }

    public Builder languages(List<String> tags) {
      languages = tags;
      return this;
    }

    public Builder encoding(AudioEncoding best) {
      encoding = best;
      return this;
    }

    public Builder secondsMax(double most) {
      secondsMax = most;
      return this;
    }

    public Builder bytesMax(long most) {
      bytesMax = most;
      return this;
    }

    public RecognitionAbilities build() {
      return new RecognitionAbilities(
          streams,
          segments,
          words,
          logprobs,
          translates,
          detects,
          prompt,
          phrases,
          languageHints,
          temperature,
          speakers,
          knownSpeakersMax,
          languages,
          encoding,
          secondsMax,
          bytesMax);
    }
  }
}
