package dev.parley.testkit.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.testkit.content.Recogniser;
import dev.parley.testkit.content.Recogniser.Heard;
import dev.parley.testkit.content.Said;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Has a model that converses obey what it is told to do with a recording. */
final class OmniEars {
  private OmniEars() {}

  /**
   * The same call with what was heard as its reply; the call itself when nothing of it is asked.
   */
  static ChatCall told(ChatCall call, Recogniser recogniser) {
    var sound = sound(call.body().path("messages"));
    var told = call.heard().userText();
    var listens =
        told.contains("what is said in this recording")
            || told.contains("spoken in this recording");
    if (sound.isEmpty() || !listens) {
      return call;
    }
    try {
      var text = reply(told, recogniser.hear(sound.get()));
      return new ChatCall(
          call.body(),
          call.model(),
          call.n(),
          call.stream(),
          call.usageAsked(),
          call.heard(),
          new Said(text, "", List.of(), "stop"));
    } catch (Recogniser.UnreadableSound e) {
      throw Refusal.invalid("Error opening the sound: Format not recognised.", "messages");
    }
  }

  private static String reply(String told, Heard heard) {
    if (told.startsWith("Which language")) {
      return Locale.of(heard.language()).getDisplayLanguage(Locale.ENGLISH) + ".";
    }
    return heard.text();
  }

  private static Optional<byte[]> sound(JsonNode messages) {
    for (var part : messages.path(messages.size() - 1).path("content")) {
      var url = part.path("audio_url").path("url").asText();
      var data =
          url.startsWith("data:")
              ? url.substring(url.indexOf(',') + 1)
              : part.path("input_audio").path("data").asText();
      if (!data.isEmpty()) {
        return Optional.of(Base64.getDecoder().decode(data));
      }
    }
    return Optional.empty();
  }
}
