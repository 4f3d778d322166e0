package dev.parley.testkit.openai;

import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.backend.RecordedRequest;
import dev.parley.testkit.content.Recogniser;
import dev.parley.testkit.content.Recogniser.Heard;
import dev.parley.testkit.content.Words;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Set;

/** OpenAI's audio routes, with what each family of models refuses. */
final class OpenAiTranscription {
  private static final int FILE_BYTES_MAX = 26_214_400;
  private static final double UNCUT_SECONDS = 30;
  private static final int KNOWN_SPEAKERS_MAX = 4;
  private static final Set<String> EXTENSIONS =
      Set.of("flac", "m4a", "mp3", "mp4", "mpeg", "mpga", "oga", "ogg", "wav", "webm");

  private final FakeOpenAi fake;
  private final RecordedRequest request;
  private final FormParts form;
  private final String model;
  private final Family family;

  private enum Family {
    WHISPER,
    LISTS,
    GPT,
    DIARIZE;

    Set<String> formats() {
      return switch (this) {
        case WHISPER -> Set.of("json", "text", "srt", "verbose_json", "vtt");
        case LISTS, GPT -> Set.of("json");
        case DIARIZE -> Set.of("json", "text", "diarized_json");
      };
    }

    static Family of(String model) {
      if (model.contains("diarize")) {
        return DIARIZE;
      }
      if (model.startsWith("gpt-transcribe")) {
        return LISTS;
      }
      return model.startsWith("gpt-") ? GPT : WHISPER;
    }
  }

  OpenAiTranscription(FakeOpenAi fake, RecordedRequest request) {
    this.fake = fake;
    this.request = request;
    form = FormParts.of(request);
    model = form.text("model");
    family = Family.of(model);
  }

  Answer answer(boolean english) {
    fake.requireModel(model);
    var format = form.optional("response_format").orElse("json");
    refuseForeign(format, english);
    var heard = heard();
    refuseUncut(heard);
    if (form.isOn("stream") && family != Family.WHISPER) {
      return stream(heard);
    }
    return switch (format) {
      case "verbose_json" -> {
        var asked = form.list("timestamp_granularities[]");
        var segments = asked.isEmpty() || asked.contains("segment");
        var task = english ? "translate" : "transcribe";
        var body = Transcripts.verbose(heard, task, segments, asked.contains("word"));
        body.set("usage", Transcripts.durationUsage(heard));
        yield Answer.json(200, body);
      }
      case "diarized_json" -> diarized(heard);
      case "json" -> json(heard);
      default -> Answer.text(200, heard.text() + "\n");
    };
  }

  private void refuseForeign(String format, boolean english) {
    if (english && family != Family.WHISPER) {
      throw Refusal.invalid("This model does not support translations.", "model");
    }
    if (!family.formats().contains(format)) {
      throw Refusal.invalid(
          "response_format '" + format + "' is not compatible with model '" + model + "'.",
          "response_format");
    }
    if (!form.list("timestamp_granularities[]").isEmpty() && !format.equals("verbose_json")) {
      throw Refusal.invalid(
          "timestamp_granularities needs response_format verbose_json.", "timestamp_granularities");
    }
    if (!form.list("include[]").isEmpty() && family != Family.GPT) {
      throw Refusal.invalid("logprobs are not supported with this model.", "include");
    }
    if (family != Family.LISTS
        && !(form.list("languages[]").isEmpty() && form.list("keywords[]").isEmpty())) {
      throw Refusal.invalid("languages and keywords are not supported.", "languages");
    }
    if (family == Family.DIARIZE && form.optional("prompt").isPresent()) {
      throw Refusal.invalid("Prompt is not supported for diarization models.", "prompt");
    }
    var known = form.list("known_speaker_names[]").size();
    if (known > KNOWN_SPEAKERS_MAX || known != form.list("known_speaker_references[]").size()) {
      throw Refusal.invalid("up to 4 known speakers, each with a reference", "known_speaker_names");
    }
  }

  private Heard heard() {
    var file = form.sound("file");
    if (file.bytes().length > FILE_BYTES_MAX) {
      throw new Refusal(
          Trouble.INVALID,
          413,
          "Maximum content size limit (" + FILE_BYTES_MAX + ") exceeded.",
          null);
    }
    var name = file.fileName().toLowerCase(Locale.ROOT);
    if (!EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1))) {
      throw Refusal.invalid("Invalid file format. Supported formats: " + EXTENSIONS, "file");
    }
    try {
      return fake.hear(request, file.bytes());
    } catch (Recogniser.UnreadableSound e) {
      throw Refusal.invalid("Audio file might be corrupted or unsupported", "file");
    }
  }

  private void refuseUncut(Heard heard) {
    if (family == Family.DIARIZE
        && heard.seconds() > UNCUT_SECONDS
        && form.optional("chunking_strategy").isEmpty()) {
      throw Refusal.invalid(
          "chunking_strategy is required for diarization models with longer audio",
          "chunking_strategy");
    }
  }

  private Answer json(Heard heard) {
    var body = Transcripts.json(heard);
    body.set(
        "usage",
        family == Family.WHISPER
            ? Transcripts.durationUsage(heard)
            : Transcripts.tokenUsage(heard));
    if (form.list("include[]").contains("logprobs")) {
      body.putArray("logprobs").addAll(Transcripts.logprobs(heard.text()));
    }
    if (family == Family.LISTS) {
      body.putArray("languages").addObject().put("code", heard.language());
    }
    return Answer.json(200, body);
  }

  private Answer diarized(Heard heard) {
    var body =
        Json.object()
            .put("task", "transcribe")
            .put("duration", heard.seconds())
            .put("text", heard.text());
    var list = body.putArray("segments");
    var known = form.list("known_speaker_names[]");
    heard.segments().forEach(segment -> list.add(Transcripts.turn(segment, known)));
    body.set("usage", Transcripts.durationUsage(heard));
    return Answer.json(200, body);
  }

  private Answer stream(Heard heard) {
    var logprobs = form.list("include[]").contains("logprobs");
    var frames = new ArrayList<String>();
    for (var word : Words.deltas(heard.text())) {
      var delta = Json.object().put("delta", word);
      if (logprobs) {
        delta.putArray("logprobs").addAll(Transcripts.logprobs(word));
      }
      frames.add(Transcripts.event("transcript.text.delta", delta));
    }
    var diarized = form.optional("response_format").filter("diarized_json"::equals).isPresent();
    if (diarized) {
      var known = form.list("known_speaker_names[]");
      heard.segments().forEach(s -> frames.add(Answer.event(Transcripts.turn(s, known))));
    }
    var done = Json.object().put("text", heard.text());
    if (logprobs) {
      done.putArray("logprobs").addAll(Transcripts.logprobs(heard.text()));
    }
    if (family == Family.LISTS) {
      done.putArray("languages").addObject().put("code", heard.language());
    }
    done.set("usage", Transcripts.tokenUsage(heard));
    frames.add(Transcripts.event("transcript.text.done", done));
    return Answer.events(frames);
  }
}
