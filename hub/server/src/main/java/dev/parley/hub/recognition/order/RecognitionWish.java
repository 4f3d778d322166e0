package dev.parley.hub.recognition.order;

import dev.parley.core.audio.TurnDetection;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Caller;
import dev.parley.core.recognition.Phrase;
import dev.parley.core.recognition.RecognitionTask;
import dev.parley.hub.speakers.SpeakersWish;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a caller wants speech to be written down. Languages may be tags or English names; what they
 * mean, and everything that a model may not be able to do, is checked when the call is planned.
 *
 * @param model id or alias; empty: the operator's default
 * @param task what is wanted
 * @param languages to expect, likeliest first; empty: any
 * @param prompt text that could have come before; empty: none
 * @param phrases to expect
 * @param times which times are needed
 * @param logprobs whether probabilities of tokens are wanted
 * @param alternatives further readings of each stretch
 * @param profanityFilter whether profanity shall be masked
 * @param verbatim whether fillers and repetitions shall be kept
 * @param separateChannels whether each channel is written down by itself
 * @param speakers present when speakers shall be told apart
 * @param temperature of decoding; empty: the model's default
 * @param speechOnly present when what is no speech shall be left out first
 * @param denoise whether noise shall be removed first
 * @param extra members that the schema does not model: an object
 * @param requestId the id that names the call in logs and answers
 * @param headers the caller's headers that may travel on to a backend, by lower-case name
 * @param caller who calls
 */
public record RecognitionWish(
    String model,
    RecognitionTask task,
    List<String> languages,
    String prompt,
    List<Phrase> phrases,
    Times times,
    boolean logprobs,
    int alternatives,
    boolean profanityFilter,
    boolean verbatim,
    boolean separateChannels,
    Optional<SpeakersWish> speakers,
    OptionalDouble temperature,
    Optional<TurnDetection> speechOnly,
    boolean denoise,
    JsonValue extra,
    String requestId,
    Map<String, String> headers,
    Caller caller) {

  /** Which times a caller needs. */
  public enum Times {
    /** Whatever the model gives with its text. */
    AS_THEY_COME,
    /** Of stretches; the hub finds them where the model does not tell. */
    SEGMENTS,
    /** Of words; nobody invents them. */
    WORDS
  }

  public RecognitionWish {
    languages = List.copyOf(languages);
    phrases = List.copyOf(phrases);
    headers = Map.copyOf(headers);
  }

  /** The same with another prompt and other phrases. */
  public RecognitionWish with(String otherPrompt, List<Phrase> otherPhrases) {
    return new RecognitionWish(
        model,
        task,
        languages,
        otherPrompt,
        otherPhrases,
        times,
        logprobs,
        alternatives,
        profanityFilter,
        verbatim,
        separateChannels,
        speakers,
        temperature,
        speechOnly,
        denoise,
        extra,
        requestId,
        headers,
        caller);
  }
}
