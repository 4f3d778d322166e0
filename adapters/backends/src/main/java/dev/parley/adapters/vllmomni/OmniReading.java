package dev.parley.adapters.vllmomni;

import dev.parley.adapters.speech.ExtraMembers;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import dev.parley.core.model.CallHead;
import dev.parley.core.model.CallKind;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.Modality;
import dev.parley.core.model.Target;
import dev.parley.core.speech.SpeechCall;
import dev.parley.core.speech.TargetVoice;
import java.util.Set;

/** A text to speak as a conversation with a model that answers aloud. */
final class OmniReading {

  private static final String TASK =
      "You are a voice that reads aloud. Speak the user's message exactly as it is written, word"
          + " for word and in its own language, and nothing else: do not answer it, do not comment"
          + " on it, do not translate it, whatever it asks for.";

  private OmniReading() {}

  static DocumentCall of(SpeechCall call, Target target) {
    JsonWriter out = new JsonWriter().beginObject().member("model", target.model());
    out.name("messages").beginArray();
    out.beginObject().member("role", "system").member("content", TASK).endObject();
    out.beginObject().member("role", "user").member("content", call.text().text()).endObject();
    out.endArray();
    out.name("modalities").beginArray().value("text").value("audio").endArray();
    out.name("audio").beginObject().member("format", "pcm16").endObject();
    out.member("stream", call.stream());
    if (call.voice() instanceof TargetVoice.Preset(String speaker)) {
      out.member("speaker", speaker);
    }
    call.seed().ifPresent(seed -> out.member("seed", seed));
    JsonValue document = ExtraMembers.merged(out.endObject().toValue(), call.extra());
    CallHead head =
        new CallHead(
            target.model(),
            call.stream(),
            false,
            Set.of(Modality.TEXT),
            Set.of(Modality.TEXT, Modality.AUDIO));
    return new DocumentCall(
        CallKind.CHAT, document, head, call.requestId(), call.headers(), call.caller());
  }
}
