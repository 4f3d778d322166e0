package dev.parley.hub.edge.transcript;

import dev.parley.core.json.JsonWriter;
import dev.parley.core.recognition.LanguageNames;
import dev.parley.core.recognition.RecognitionTask;
import dev.parley.core.recognition.RecognitionUsage;
import dev.parley.core.recognition.Segment;
import dev.parley.core.recognition.TokenLogprob;
import dev.parley.core.recognition.Transcript;
import dev.parley.core.recognition.Word;
import dev.parley.hub.recognition.order.RecognizedEvent;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Transcripts as OpenAI's documents and events, all in UTF-8. Every member that its clients rely on
 * is there; where a model does not tell a number, it is 0.
 */
public final class OpenAiTranscripts {

  private static final int SEGMENT_DIGITS = 3;
  private static final double SHOWN_PARTS = 1e6;

  /** Which times a document tells. */
  public enum Granularity {
    SEGMENT,
    WORD
  }

  private OpenAiTranscripts() {}

  /** {@code json}. */
  public static byte[] json(Transcript transcript) {
    JsonWriter json = new JsonWriter(256).beginObject().member("text", transcript.text());
    languages(json, transcript);
    if (!transcript.logprobs().isEmpty()) {
      logprobs(json, transcript.logprobs());
    }
    usage(json, transcript);
    return json.endObject().toBytes();
  }

  /** {@code verbose_json}, whose usage is seconds. */
  public static byte[] verbose(
      RecognizedEvent.Written written, RecognitionTask task, List<Granularity> granularities) {
    Transcript transcript = written.transcript();
    JsonWriter json = new JsonWriter(1_024).beginObject().member("task", name(task));
    json.member("language", language(transcript, task));
    json.member("duration", shown(transcript.seconds().orElse(0)));
    json.member("text", transcript.text());
    if (granularities.contains(Granularity.SEGMENT)) {
      json.name("segments").beginArray();
      written.stretches().forEach(stretch -> segment(json, stretch));
      json.endArray();
    }
    if (granularities.contains(Granularity.WORD)) {
      json.name("words").beginArray();
      for (RecognizedEvent.Stretch stretch : written.stretches()) {
        stretch.segment().words().forEach(word -> word(json, word));
      }
      json.endArray();
    }
    seconds(json, transcript);
    return json.endObject().toBytes();
  }

  private static String name(RecognitionTask task) {
    return switch (task) {
      case TRANSLATE -> "translate";
      case TRANSCRIBE, DETECT_LANGUAGE -> "transcribe";
    };
  }

  /** That of the text: a translation is English, whatever was heard. */
  private static String language(Transcript transcript, RecognitionTask task) {
    return LanguageNames.english(task == RecognitionTask.TRANSLATE ? "en" : transcript.language());
  }

  private static void segment(JsonWriter json, RecognizedEvent.Stretch stretch) {
    Segment segment = stretch.segment();
    Segment.Scores scores = segment.scores();
    json.beginObject().member("id", stretch.id()).member("seek", 0);
    span(json, segment.start(), segment.end());
    json.member("text", segment.text()).name("tokens").beginArray();
    segment.tokens().forEach(token -> json.value((long) token));
    json.endArray();
    json.member("temperature", scores.temperature().orElse(0));
    json.member("avg_logprob", scores.avgLogprob().orElse(0));
    json.member("compression_ratio", scores.compressionRatio().orElse(0));
    json.member("no_speech_prob", scores.noSpeech().orElse(0)).endObject();
  }

  private static void word(JsonWriter json, Word word) {
    json.beginObject().member("word", word.text());
    span(json, word.start(), word.end());
    json.endObject();
  }

  /** {@code diarized_json}. */
  public static byte[] diarized(
      RecognizedEvent.Written written, RecognitionTask task, SpeakerLabels labels) {
    Transcript transcript = written.transcript();
    JsonWriter json = new JsonWriter(1_024).beginObject().member("task", name(task));
    json.member("duration", shown(transcript.seconds().orElse(0)));
    json.member("text", transcript.text()).name("segments").beginArray();
    written.stretches().forEach(stretch -> turn(json, stretch, labels));
    json.endArray();
    usage(json, transcript);
    return json.endObject().toBytes();
  }

  private static void turn(JsonWriter json, RecognizedEvent.Stretch stretch, SpeakerLabels labels) {
    Segment segment = stretch.segment();
    String number = Integer.toString(stretch.id());
    json.beginObject().member("type", "transcript.text.segment");
    json.member("id", "seg_" + "0".repeat(Math.max(0, SEGMENT_DIGITS - number.length())) + number);
    span(json, segment.start(), segment.end());
    json.member("text", segment.text()).member("speaker", labels.of(segment.speaker())).endObject();
  }

  /** {@code transcript.text.delta}. */
  public static byte[] delta(RecognizedEvent.Delta delta) {
    JsonWriter json = new JsonWriter(128).beginObject().member("type", "transcript.text.delta");
    json.member("delta", delta.text());
    if (!delta.logprobs().isEmpty()) {
      logprobs(json, delta.logprobs());
    }
    return json.endObject().toBytes();
  }

  /** {@code transcript.text.segment}. */
  public static byte[] turn(RecognizedEvent.Stretch stretch, SpeakerLabels labels) {
    JsonWriter json = new JsonWriter(256);
    turn(json, stretch, labels);
    return json.toBytes();
  }

  /** {@code transcript.text.done}, with tokens where they were counted: it knows no other usage. */
  public static byte[] done(Transcript transcript) {
    JsonWriter json = new JsonWriter(256).beginObject().member("type", "transcript.text.done");
    json.member("text", transcript.text());
    languages(json, transcript);
    if (!transcript.logprobs().isEmpty()) {
      logprobs(json, transcript.logprobs());
    }
    if (transcript.usage().hasTokens()) {
      json.name("usage");
      tokens(json, transcript.usage());
    }
    return json.endObject().toBytes();
  }

  private static void languages(JsonWriter json, Transcript transcript) {
    if (!transcript.language().isEmpty()) {
      json.name("languages").beginArray().beginObject();
      json.member("code", transcript.language()).endObject().endArray();
    }
  }

  private static void logprobs(JsonWriter json, List<TokenLogprob> logprobs) {
    json.name("logprobs").beginArray();
    for (TokenLogprob logprob : logprobs) {
      json.beginObject().member("token", logprob.token()).member("logprob", logprob.logprob());
      if (!logprob.bytes().isEmpty()) {
        json.name("bytes").beginArray();
        logprob.bytes().forEach(octet -> json.value((long) octet));
        json.endArray();
      }
      json.endObject();
    }
    json.endArray();
  }

  private static void usage(JsonWriter json, Transcript transcript) {
    RecognitionUsage usage = transcript.usage();
    if (usage.hasTokens()) {
      json.name("usage");
      tokens(json, usage);
    } else {
      seconds(json, transcript);
    }
  }

  private static void seconds(JsonWriter json, Transcript transcript) {
    OptionalDouble charged = transcript.usage().seconds();
    OptionalDouble seconds = charged.isPresent() ? charged : transcript.seconds();
    if (seconds.isPresent()) {
      json.name("usage").beginObject().member("type", "duration");
      json.member("seconds", shown(seconds.getAsDouble())).endObject();
    }
  }

  private static void tokens(JsonWriter json, RecognitionUsage usage) {
    long in = usage.inputTokens().orElse(0);
    long out = usage.outputTokens().orElse(0);
    json.beginObject().member("type", "tokens").member("input_tokens", in);
    usage
        .audioTokens()
        .ifPresent(audio -> {
          json.name("input_token_details").beginObject();
          json.member("text_tokens", Math.max(0, in - audio));
          json.member("audio_tokens", audio).endObject();
        });
    json.member("output_tokens", out);
    json.member("total_tokens", usage.totalTokens().orElse(in + out)).endObject();
  }

  private static void span(JsonWriter json, double start, double end) {
    json.member("start", shown(start)).member("end", shown(end));
  }

  /** To the microsecond: what is behind it comes from adding, not from hearing. */
  private static double shown(double seconds) {
    return Math.round(seconds * SHOWN_PARTS) / SHOWN_PARTS;
  }
}
