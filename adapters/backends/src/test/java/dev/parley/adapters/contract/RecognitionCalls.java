package dev.parley.adapters.contract;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Caller;
import dev.parley.core.recognition.Clip;
import dev.parley.core.recognition.Phrase;
import dev.parley.core.recognition.RecognitionCall;
import dev.parley.core.recognition.RecognitionTask;
import dev.parley.core.recognition.SpeakerWish;
import dev.parley.testkit.content.Talk;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Calls to write down speech, made step by step from a plain one. For one thread. */
public final class RecognitionCalls {
  private final Clip clip;
  private RecognitionTask task = RecognitionTask.TRANSCRIBE;
  private List<String> languages = List.of();
  private String prompt = "";
  private List<Phrase> phrases = List.of();
  private boolean segments;
  private boolean words;
  private boolean logprobs;
  private Optional<SpeakerWish> speakers = Optional.empty();
  private OptionalDouble temperature = OptionalDouble.empty();
  private boolean stream;
  private JsonValue extra = Json.EMPTY_OBJECT;

  private RecognitionCalls(Clip clip) {
    this.clip = clip;
  }

  /** The text of a talk, and nothing more. */
  public static RecognitionCalls of(Talk talk) {
    return new RecognitionCalls(new Clip(AudioEncoding.WAV, talk.wav(), talk.length()));
  }

  /** The text in any bytes that are said to be a WAV file of that many seconds. */
  public static RecognitionCalls of(byte[] wav, double seconds) {
    return new RecognitionCalls(new Clip(AudioEncoding.WAV, wav, (long) (seconds * Clip.RATE_HZ)));
  }

  /** Another task. */
  public RecognitionCalls task(RecognitionTask other) {
    task = other;
    return this;
  }

  /** Expected languages. */
  public RecognitionCalls in(String... tags) {
    languages = List.of(tags);
    return this;
  }

  /** A text that could have come before. */
  public RecognitionCalls prompt(String text) {
    prompt = text;
    return this;
  }

  /** Phrases to expect. */
  public RecognitionCalls phrases(String... texts) {
    phrases = List.of(texts).stream().map(text -> new Phrase(text, 0)).toList();
    return this;
  }

  /** With times of segments. */
  public RecognitionCalls segments() {
    segments = true;
    return this;
  }

  /** With times of words. */
  public RecognitionCalls words() {
    words = true;
    return this;
  }

  /** With probabilities of tokens. */
  public RecognitionCalls logprobs() {
    logprobs = true;
    return this;
  }

  /** Speakers told apart. */
  public RecognitionCalls speakers(SpeakerWish wish) {
    speakers = Optional.of(wish);
    return this;
  }

  /** With a randomness. */
  public RecognitionCalls temperature(double value) {
    temperature = OptionalDouble.of(value);
    return this;
  }

  /** Text while it is found. */
  public RecognitionCalls streamed() {
    stream = true;
    return this;
  }

  /** With members that nobody models. */
  public RecognitionCalls extra(String json) {
    extra = Json.parse(json.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** The call. */
  public RecognitionCall call() {
    return new RecognitionCall(
        clip,
        task,
        languages,
        prompt,
        phrases,
        segments,
        words,
        logprobs,
        speakers,
        temperature,
        stream,
        extra,
        "req-1",
        Map.of(),
        Caller.ANYONE);
  }
}
