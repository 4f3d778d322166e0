package dev.parley.testkit.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.content.Recogniser;
import dev.parley.testkit.content.Recogniser.Heard;
import dev.parley.testkit.content.Recogniser.Segment;
import dev.parley.testkit.content.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was heard, in the forms that OpenAI's audio routes have. */
final class Transcripts {
  private static final int TOKENS_PER_SECOND = 10;

  private Transcripts() {}

  static ObjectNode json(Heard heard) {
    return Json.object().put("text", heard.text());
  }

  /** {@code verbose_json}: segments and words where they are asked for. */
  static ObjectNode verbose(Heard heard, String task, boolean segments, boolean words) {
    var body =
        Json.object()
            .put("task", task)
            .put("language", name(heard.language()))
            .put("duration", heard.seconds())
            .put("text", heard.text());
    if (segments) {
      var list = body.putArray("segments");
      heard.segments().forEach(segment -> list.add(segment(segment)));
    }
    if (words) {
      var list = body.putArray("words");
      for (var word : heard.words()) {
        list.addObject().put("word", word.text()).put("start", word.start()).put("end", word.end());
      }
    }
    return body;
  }

  static ObjectNode segment(Segment segment) {
    var body =
        Json.object()
            .put("id", segment.index())
            .put("seek", 0)
            .put("start", segment.start())
            .put("end", segment.end())
            .put("text", " " + segment.text());
    var tokens = body.putArray("tokens");
    for (var i = 0; i < segment.words().size(); i++) {
      tokens.add(1_000 + i);
    }
    return body.put("temperature", 0.0)
        .put("avg_logprob", Recogniser.AVG_LOGPROB)
        .put("compression_ratio", Recogniser.COMPRESSION)
        .put("no_speech_prob", Recogniser.NO_SPEECH);
  }

  /** A segment of somebody: speakers take turns, the known ones first. */
  static ObjectNode turn(Segment segment, List<String> known) {
    var number = segment.index() % 2;
    var speaker = number < known.size() ? known.get(number) : String.valueOf((char) ('A' + number));
    return Json.object()
        .put("type", "transcript.text.segment")
        .put("id", "seg_" + segment.index())
        .put("start", segment.start())
        .put("end", segment.end())
        .put("text", segment.text())
        .put("speaker", speaker);
  }

  static List<ObjectNode> logprobs(String text) {
    var tokens = new ArrayList<ObjectNode>();
    for (var word : Words.deltas(text)) {
      var token = Json.object().put("token", word).put("logprob", Recogniser.AVG_LOGPROB);
      var bytes = token.putArray("bytes");
      for (var each : word.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
        bytes.add(each & 0xFF);
      }
      tokens.add(token);
    }
    return tokens;
  }

  static ObjectNode durationUsage(Heard heard) {
    return Json.object().put("type", "duration").put("seconds", (int) Math.ceil(heard.seconds()));
  }

  static ObjectNode tokenUsage(Heard heard) {
    var in = (int) (heard.seconds() * TOKENS_PER_SECOND);
    var out = heard.words().size();
    var usage =
        Json.object()
            .put("type", "tokens")
            .put("input_tokens", in)
            .put("output_tokens", out)
            .put("total_tokens", in + out);
    usage.putObject("input_token_details").put("text_tokens", 0).put("audio_tokens", in);
    return usage;
  }

  static String event(String type, ObjectNode content) {
    var data = Json.object().put("type", type);
    data.setAll(content);
    return Answer.event(data);
  }

  /** English name in lower case. */
  static String name(String tag) {
    return Locale.of(tag).getDisplayLanguage(Locale.ENGLISH).toLowerCase(Locale.ROOT);
  }
}
