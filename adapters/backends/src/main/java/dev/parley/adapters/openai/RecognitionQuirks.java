package dev.parley.adapters.openai;

import dev.parley.core.recognition.RecognitionAbilities;
import dev.parley.core.recognition.RecognitionCall;
import dev.parley.core.recognition.RecognitionTask;
import dev.parley.core.spi.BackendSpec;
import java.util.Set;

/**
 * How one kind of server writes down speech on {@code /v1/audio/transcriptions}.
 *
 * @param models what a model of that name can do on a server of that description
 * @param body how a call is written
 * @param members members beside those that every server of OpenAI's kind knows
 */
record RecognitionQuirks(Models models, BodyForm body, Set<Member> members) {

  RecognitionQuirks {
    members = Set.copyOf(members);
  }

  /** What is known of a model by its name. */
  @FunctionalInterface
  interface Models {
    Known of(BackendSpec spec, String model);
  }

  /** How a call is written. */
  enum BodyForm {
    FORM,
    /** JSON with the recording as base64. */
    JSON
  }

  /** What only some servers know. */
  enum Member {
    /** Phrases as {@code hotwords}, separated by commas. */
    HOTWORDS,
    /** Times of a segment are found only when {@code without_timestamps} is off. */
    WITHOUT_TIMESTAMPS,
    /** The usage of a stream comes when {@code stream_include_usage} is on. */
    STREAM_USAGE,
    /** Models that are named after it hear over a socket while somebody speaks. */
    REALTIME,
    /** A translation takes no {@code language}. */
    NO_LANGUAGE_TO_TRANSLATE
  }

  /**
   * A model.
   *
   * @param abilities what it can do
   * @param detailed which form of answer tells more than the text
   * @param expects how expected languages and phrases are written
   */
  record Known(RecognitionAbilities abilities, Detailed detailed, Expects expects) {

    /** The form of answer for a call. */
    String responseFormat(RecognitionCall call) {
      return wantsDetails(call) ? detailed.wireName : "json";
    }

    /** Whether the text alone will not do. */
    boolean wantsDetails(RecognitionCall call) {
      return call.segments()
          || call.words()
          || call.speakers().isPresent()
          || call.task() == RecognitionTask.DETECT_LANGUAGE;
    }

    /** Whether a call is answered as a stream: details come in none but that of speakers. */
    boolean streams(RecognitionCall call) {
      return call.stream()
          && abilities.streams()
          && call.task() == RecognitionTask.TRANSCRIBE
          && (detailed != Detailed.VERBOSE || !wantsDetails(call));
    }
  }

  /** The form of answer that tells more than the text. */
  enum Detailed {
    NONE("json"),
    VERBOSE("verbose_json"),
    DIARIZED("diarized_json");

    private final String wireName;

    Detailed(String wireName) {
      this.wireName = wireName;
    }
  }

  /** What may be expected. */
  enum Expects {
    ONE_LANGUAGE,
    /** {@code languages[]} and {@code keywords[]}. */
    LISTS
  }
}
