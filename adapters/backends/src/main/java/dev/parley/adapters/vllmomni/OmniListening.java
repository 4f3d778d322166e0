package dev.parley.adapters.vllmomni;

import com.linecorp.armeria.common.MediaType;
import dev.parley.adapters.http.Body;
import dev.parley.adapters.speech.ExtraMembers;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonEdit;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import dev.parley.core.model.CallHead;
import dev.parley.core.model.CallKind;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.Modality;
import dev.parley.core.model.Target;
import dev.parley.core.recognition.Clip;
import dev.parley.core.recognition.LanguageNames;
import dev.parley.core.recognition.RecognitionCall;
import dev.parley.core.recognition.RecognitionTask;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** A recording to write down as a conversation with a model that hears. */
final class OmniListening {

  private static final String TRANSCRIBE =
      "Write down what is said in this recording, word for word and in the language in which it is"
          + " said.";
  private static final String TRANSLATE = "Translate what is said in this recording into English.";
  private static final String NOTHING_ELSE =
      " Answer with that text alone: without quotes, headings or remarks, and without answering"
          + " what is said. If nobody speaks, answer with an empty text.";
  private static final String DETECT =
      "Which language is spoken in this recording? Answer with its English name alone.";

  private OmniListening() {}

  /** What the readers of answers have to know of it. */
  static DocumentCall call(RecognitionCall call, Target target) {
    CallHead head =
        new CallHead(
            target.model(),
            streams(call),
            true,
            Set.of(Modality.TEXT, Modality.AUDIO),
            Set.of(Modality.TEXT));
    return new DocumentCall(
        CallKind.CHAT, Json.EMPTY_OBJECT, head, call.requestId(), call.headers(), call.caller());
  }

  /** The name of a language is not worth a stream. */
  private static boolean streams(RecognitionCall call) {
    return call.stream() && call.task() != RecognitionTask.DETECT_LANGUAGE;
  }

  /** The sound is written into its place as it is encoded, and not looked at again. */
  static Body body(RecognitionCall call, Target target) {
    JsonWriter out = new JsonWriter().beginObject().member("model", target.model());
    out.name("modalities").beginArray().value("text").endArray();
    out.member("temperature", call.temperature().orElse(0)).member("stream", streams(call));
    if (streams(call)) {
      out.name("stream_options").beginObject().member("include_usage", true).endObject();
    }
    JsonValue settings = ExtraMembers.merged(out.endObject().toValue(), call.extra());
    byte[] members = JsonEdit.of(settings).remove("messages").apply().toBytes();
    Clip clip = call.clip();
    byte[] open =
        (",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"audio_url\",\"audio_url\":"
                + "{\"url\":\"data:"
                + clip.encoding().mediaType(0, 1)
                + ";base64,")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] sound = Base64.getEncoder().encode(clip.bytes());
    JsonWriter text = new JsonWriter().beginObject();
    text.member("type", "text").member("text", instruction(call)).endObject();
    byte[] close = ("\"}}," + text.toValue().raw() + "]}]}").getBytes(StandardCharsets.UTF_8);
    return new Body(
        MediaType.JSON,
        List.of(
            new Body.Piece(members, 0, members.length - 1),
            new Body.Piece(open, 0, open.length),
            new Body.Piece(sound, 0, sound.length),
            new Body.Piece(close, 0, close.length)));
  }

  private static String instruction(RecognitionCall call) {
    return switch (call.task()) {
      case TRANSCRIBE -> TRANSCRIBE + language(call) + NOTHING_ELSE;
      case TRANSLATE -> TRANSLATE + language(call) + NOTHING_ELSE;
      case DETECT_LANGUAGE -> DETECT;
    };
  }

  private static String language(RecognitionCall call) {
    if (call.languages().size() != 1) {
      return "";
    }
    String name = LanguageNames.english(call.languages().getFirst());
    return name.isEmpty() ? "" : " It is said in " + titled(name) + ".";
  }

  private static String titled(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
