package dev.parley.testkit.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.content.Tone;
import dev.parley.testkit.content.Words;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Audio output in OpenAI's form: raw samples for {@code pcm16}, else one WAV file whatever the
 * format is called.
 */
record SpokenAudio(String id, String transcript, String base64) {
  /** 960 bytes, a multiple of three, so that every piece decodes alone and all join as text. */
  private static final int PIECE_CHARS = 1280;

  private static final long EXPIRES_AT = Dialect.CREATED + 3600;

  static SpokenAudio of(ChatCall call, String text) {
    var audio = call.body().path("audio");
    if (!audio.isObject()) {
      throw Refusal.invalid("Missing required parameter: 'audio'.", "audio");
    }
    var pcm = Tone.pcm(Tone.MILLIS_PER_WORD * Words.count(text));
    var raw = audio.path("format").asText().startsWith("pcm");
    return new SpokenAudio(
        "audio_" + call.heard().promptWords(),
        text,
        Base64.getEncoder().encodeToString(raw ? pcm : Tone.wav(pcm)));
  }

  ObjectNode whole() {
    return Json.object()
        .put("id", id)
        .put("data", base64)
        .put("expires_at", EXPIRES_AT)
        .put("transcript", transcript);
  }

  /** Transcript and data in turn, the expiry last. */
  List<ObjectNode> deltas() {
    var deltas = new ArrayList<ObjectNode>();
    var words = Words.deltas(transcript);
    var pieces = (base64.length() + PIECE_CHARS - 1) / PIECE_CHARS;
    for (var i = 0; i < Math.max(words.size(), pieces); i++) {
      if (i < words.size()) {
        deltas.add(delta(Json.object().put("id", id).put("transcript", words.get(i))));
      }
      if (i < pieces) {
        var from = i * PIECE_CHARS;
        var data = base64.substring(from, Math.min(base64.length(), from + PIECE_CHARS));
        deltas.add(delta(Json.object().put("id", id).put("data", data)));
      }
    }
    deltas.add(delta(Json.object().put("id", id).put("expires_at", EXPIRES_AT)));
    return deltas;
  }

  private static ObjectNode delta(ObjectNode audio) {
    var delta = Json.object();
    delta.set("audio", audio);
    return delta;
  }
}
