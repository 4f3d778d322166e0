package dev.parley.adapters.chatterbox;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.NearestName;
import java.util.Collection;
import java.util.regex.Pattern;

/** Names of files on the server, which joins them to a path without a look at them. */
final class VoiceName {

  private static final Pattern SAFE = Pattern.compile("(?!\\.+$)[A-Za-z0-9._-]{1,100}");

  private VoiceName() {}

  /**
   * The name, when it is one that may be sent.
   *
   * @throws HubException with NotFound of kind VOICE for any other
   */
  static String safe(String name, Collection<String> known) {
    if (SAFE.matcher(name).matches()) {
      return name;
    }
    throw new HubException(missing(name, known));
  }

  static HubError missing(String name, Collection<String> known) {
    return new HubError.NotFound(HubError.NotFound.Kind.VOICE, name, NearestName.of(name, known));
  }
}
