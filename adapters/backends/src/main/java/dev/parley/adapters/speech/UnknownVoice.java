package dev.parley.adapters.speech;

import dev.parley.core.error.HubError;
import dev.parley.core.model.NearestName;
import dev.parley.core.speech.TargetVoice;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds out that a refusal means "I do not know this voice". No two servers say it alike: some name
 * the member, others only write a sentence about a voice or a speaker.
 */
public final class UnknownVoice {

  private static final Set<Integer> STATUSES = Set.of(400, 404, 422);
  private static final Set<String> MEMBERS = Set.of("voice", "speaker", "voice.id");
  private static final Pattern VOICE = Pattern.compile("\\b(voices?|speakers?)\\b");
  private static final Pattern UNKNOWN =
      Pattern.compile(
          "not found|not exist|not available|not supported|unsupported|unknown|invalid|no such"
              + "|supported (values|voices|speakers)|available (voices|speakers)");

  private UnknownVoice() {}

  /**
   * The same failure, or NotFound of kind VOICE where that is what it means.
   *
   * @param asked the voice of the call
   * @param known the voices that the server is known to have, for the nearest name; may be empty
   */
  public static HubError in(HubError error, TargetVoice asked, Collection<String> known) {
    String name = name(asked);
    if (name.isEmpty()
        || !(error instanceof HubError.BackendRejected refused)
        || !STATUSES.contains(refused.status())
        || refused.code().equals("model_not_found")
        || !isAboutVoices(refused)) {
      return error;
    }
    return new HubError.NotFound(HubError.NotFound.Kind.VOICE, name, NearestName.of(name, known));
  }

  private static boolean isAboutVoices(HubError.BackendRejected refused) {
    String words = refused.message().toLowerCase(Locale.ROOT);
    return MEMBERS.contains(refused.param())
        || (VOICE.matcher(words).find() && UNKNOWN.matcher(words).find());
  }

  private static String name(TargetVoice voice) {
    return switch (voice) {
      case TargetVoice.Preset(String name) -> name;
      case TargetVoice.Kept(String name) -> name;
      case TargetVoice.Blended blend -> blend.shares().getFirst().name();
      case TargetVoice.Usual _, TargetVoice.Recorded _, TargetVoice.Described _ -> "";
    };
  }
}
