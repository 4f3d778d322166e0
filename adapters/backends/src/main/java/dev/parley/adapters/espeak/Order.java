package dev.parley.adapters.espeak;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.NearestName;
import dev.parley.core.model.Target;
import dev.parley.core.speech.SpeechCall;
import dev.parley.core.speech.SpeechText;
import dev.parley.core.speech.TargetVoice;
import java.util.ArrayList;
import java.util.List;

/** What is to be spoken, in the program's terms. */
final class Order {

  private static final double WORDS_PER_MINUTE = 175;
  private static final int SLOWEST = 80;
  private static final int FASTEST = 450;
  private static final String OTHER = "use one of its own voices, or name another model";

  private Order() {}

  /** Refuses what the program cannot do or must not be given. */
  static void check(SpeechCall call, Target target) {
    String text = call.text().text();
    if (text.length() > EspeakBackend.CHARACTERS_MAX) {
      throw new HubException(
          new HubError.InvalidRequest(
              "input", text.length() + " characters", "up to " + EspeakBackend.CHARACTERS_MAX));
    }
    if (call.text() instanceof SpeechText.Ssml) {
      SsmlElements.foreign(text)
          .ifPresent(what -> {
            throw missing(
                target,
                "SSML with " + what,
                "use speak, p, s, break, emphasis, prosody, say-as, sub, voice, lang, phoneme and"
                    + " mark only");
          });
    }
    switch (call.voice()) {
      case TargetVoice.Usual _, TargetVoice.Preset _, TargetVoice.Kept _ -> {}
      case TargetVoice.Recorded _ -> throw missing(target, "speaking like a recording", OTHER);
      case TargetVoice.Described _ -> throw missing(target, "voices from words", OTHER);
      case TargetVoice.Blended _ -> throw missing(target, "mixed voices", OTHER);
    }
  }

  /** What the program is called with; the text itself goes another way. */
  static List<String> arguments(SpeechCall call, String voice) {
    long pace = Math.round(Math.clamp(WORDS_PER_MINUTE * call.speed(), SLOWEST, FASTEST));
    List<String> arguments =
        new ArrayList<>(
            List.of("--stdin", "--stdout", "-b", "1", "-v", voice, "-s", Long.toString(pace)));
    if (call.text() instanceof SpeechText.Ssml) {
      arguments.add("-m");
    }
    return arguments;
  }

  /** Double brackets would be read as the program's own signs for phonemes. */
  static String text(SpeechCall call) {
    return switch (call.text()) {
      case SpeechText.Plain(String plain) -> plain.replace("[[", "[ [");
      case SpeechText.Ssml(String document) -> document.replace("[[", "[ [");
    };
  }

  static String voice(SpeechCall call, VoiceList list, Target target) {
    return switch (call.voice()) {
      case TargetVoice.Preset(String name) -> named(name, list);
      case TargetVoice.Kept(String name) -> named(name, list);
      case TargetVoice.Usual _,
          TargetVoice.Recorded _,
          TargetVoice.Described _,
          TargetVoice.Blended _ ->
          list.nearest(call.language())
              .orElseThrow(() ->
                  missing(
                      target,
                      "the language " + call.language(),
                      "see its voices for the languages that it speaks"));
    };
  }

  private static String named(String name, VoiceList list) {
    return list.named(name)
        .orElseThrow(() ->
            new HubException(
                new HubError.NotFound(
                    HubError.NotFound.Kind.VOICE, name, NearestName.of(name, list.names()))));
  }

  private static HubException missing(Target target, String what, String remedy) {
    return new HubException(new HubError.CapabilityMissing(target.model(), what, remedy));
  }
}
