package dev.parley.adapters.vllmomni;

import dev.parley.adapters.dialect.Quirks;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonEdit;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.Target;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes OpenAI's stream of a spoken one: audio chunks get {@code delta.audio}, each choice gets one
 * role and one finish reason, and that only when all its modalities are over.
 */
final class OmniStream implements Quirks.ChunkEdit {

  /** OpenAI's field needs a time; the server keeps nothing, so this is its own convention. */
  private static final long EXPIRY_SECONDS = 86_400;

  private static final int CHOICES_MAX = 1_024;

  /** What is known of one choice. */
  private static final class Choice {
    final SpokenAudio audio;
    boolean roleSeen;
    boolean finished;

    /** Said by a modality that may not be the last. */
    @Nullable JsonValue heldFinish;

    Choice(AudioWish wish) {
      this.audio = new SpokenAudio(wish);
    }
  }

  private final AudioWish wish;
  private final Target target;
  private final TreeMap<Integer, Choice> choices = new TreeMap<>();
  private JsonValue lastChunk = Json.EMPTY_OBJECT;

  OmniStream(DocumentCall call, Target target) {
    this.wish = AudioWish.of(call);
    this.target = target;
  }

  @Override
  public void edit(JsonValue chunk, Consumer<JsonValue> out) {
    JsonValue list = chunk.get("choices");
    boolean empty = list == null || !list.isArray() || !list.elements().iterator().hasNext();
    if (list == null || empty) {
      JsonValue usage = chunk.get("usage");
      if (usage != null && usage.isObject()) {
        end(out);
      }
      out.accept(chunk);
      return;
    }
    lastChunk = chunk;
    JsonValue modality = chunk.get("modality");
    boolean spoken = modality != null && modality.textEquals("audio");
    JsonWriter edited = new JsonWriter(list.length() + 64).beginArray();
    int kept = 0;
    for (JsonValue choice : list.elements()) {
      JsonValue next = choice.isObject() ? choice(chunk, choice, spoken) : choice;
      if (next != null) {
        edited.raw(next);
        kept++;
      }
    }
    if (kept > 0) {
      out.accept(JsonEdit.of(chunk).set("choices", edited.endArray().toValue()).apply());
    }
  }

  /** Every choice ends with a finish reason, also on servers that send none after speech. */
  @Override
  public void end(Consumer<JsonValue> out) {
    choices.forEach((index, known) -> {
      if (!known.finished) {
        known.finished = true;
        JsonValue reason = known.heldFinish;
        JsonWriter list = new JsonWriter().beginArray().beginObject();
        list.member("index", index).member("delta", withRest(lastChunk, Json.EMPTY_OBJECT, known));
        list.member("finish_reason", reason == null ? Json.ofString("stop") : reason);
        out.accept(
            JsonEdit.of(lastChunk).set("choices", list.endObject().endArray().toValue()).apply());
      }
    });
  }

  /** The choice as it is passed on; null when nothing of it is left. */
  private @Nullable JsonValue choice(JsonValue chunk, JsonValue choice, boolean spoken) {
    Choice known = known(choice.get("index"));
    JsonValue reason = choice.get("finish_reason");
    boolean finish = reason != null && !reason.isNull();
    JsonValue given = choice.get("delta");
    JsonValue delta = given != null && given.isObject() ? given : Json.EMPTY_OBJECT;
    delta = withOneRole(delta, known);
    delta = spoken ? asAudio(chunk, delta, known) : heard(delta, known);
    JsonEdit edit = JsonEdit.of(choice);
    if (finish && spoken) {
      known.finished = true;
      delta = withRest(chunk, delta, known);
    } else if (finish) {
      known.heldFinish = reason;
      edit.set("finish_reason", Json.NULL);
      finish = false;
    }
    boolean nothing = spoken && !finish && delta.object().size() == 0;
    return nothing ? null : edit.set("delta", delta).apply();
  }

  private Choice known(@Nullable JsonValue index) {
    double number = index != null && index.isNumber() ? index.asDouble() : 0;
    if (!(number >= 0 && number < CHOICES_MAX)) {
      throw failed("its stream has a choice with an index out of range");
    }
    return choices.computeIfAbsent((int) number, _ -> new Choice(wish));
  }

  /** Each modality opens with a role of its own; clients join what comes twice. */
  private static JsonValue withOneRole(JsonValue delta, Choice known) {
    if (delta.get("role") == null) {
      return delta;
    }
    boolean again = known.roleSeen;
    known.roleSeen = true;
    return again ? JsonEdit.of(delta).remove("role").apply() : delta;
  }

  private static JsonValue heard(JsonValue delta, Choice known) {
    JsonValue content = delta.get("content");
    if (content != null && content.isString() && !content.isEmptyString()) {
      known.audio.says(content.asString());
    }
    return delta;
  }

  private JsonValue asAudio(JsonValue chunk, JsonValue delta, Choice known) {
    JsonValue content = delta.get("content");
    JsonEdit edit = JsonEdit.of(delta).remove("content");
    if (content != null && content.isString() && !content.isEmptyString()) {
      String data = decoded(content, known);
      if (!data.isEmpty()) {
        edit.set("audio", known.audio.piece(id(chunk), data));
      }
    }
    return edit.apply();
  }

  private String decoded(JsonValue content, Choice known) {
    try {
      return known.audio.next(content.asString());
    } catch (IllegalArgumentException _) {
      throw failed("the audio in its stream is not base64");
    }
  }

  /** Adds what is left of the audio, and the end of its life, to the last delta. */
  private static JsonValue withRest(JsonValue chunk, JsonValue delta, Choice known) {
    String rest = known.audio.rest();
    if (!known.audio.isStarted() && rest.isEmpty()) {
      return delta;
    }
    JsonValue present = delta.get("audio");
    JsonValue data = present == null ? null : present.get("data");
    String all = data == null ? rest : data.asString() + rest;
    JsonEdit audio = JsonEdit.of(known.audio.piece(id(chunk), all));
    JsonValue id = present == null ? null : present.get("id");
    JsonValue transcript = present == null ? null : present.get("transcript");
    if (id != null) {
      audio.set("id", id);
    }
    if (transcript != null) {
      audio.set("transcript", transcript);
    }
    JsonValue created = chunk.get("created");
    if (created != null && created.isNumber()) {
      long seconds = (long) created.asDouble() + EXPIRY_SECONDS;
      audio.set("expires_at", Json.ofNumber(seconds));
    }
    return JsonEdit.of(delta).set("audio", audio.apply()).apply();
  }

  private static String id(JsonValue chunk) {
    JsonValue id = chunk.get("id");
    return "audio-" + (id != null && id.isString() ? id.asString() : "0");
  }

  private HubException failed(String detail) {
    return new HubException(
        new HubError.BackendFailed(target, OptionalInt.empty(), detail, HubError.Reached.BACKEND));
  }
}
