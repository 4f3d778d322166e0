package dev.parley.hub.dispatch;

import dev.parley.core.json.JsonObject;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Caller;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.Priority;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants of its call's way: what it said in headers, else what the members of OpenAI's
 * documents mean that exist for it. A {@code service_tier} of flex may wait, one of priority should
 * not; equal {@code prompt_cache_key}s make one session.
 */
final class CallerWishes {

  private static final int SESSION_CHARS_MAX = 256;

  private CallerWishes() {}

  static Caller of(DocumentCall call) {
    Caller caller = call.caller();
    JsonObject document = call.document().object();
    if (caller.priority() == Priority.STANDARD) {
      caller = prioritised(caller, document.get("service_tier"));
    }
    return caller.session().isEmpty()
        ? inSession(caller, document.get("prompt_cache_key"))
        : caller;
  }

  private static Caller prioritised(Caller caller, @Nullable JsonValue tier) {
    if (tier == null || !tier.isString()) {
      return caller;
    }
    return tier.textEquals("flex")
        ? caller.withPriority(Priority.BATCH)
        : tier.textEquals("priority") ? caller.withPriority(Priority.INTERACTIVE) : caller;
  }

  private static Caller inSession(Caller caller, @Nullable JsonValue key) {
    return key == null || !key.isString() || key.isEmptyString() || key.length() > SESSION_CHARS_MAX
        ? caller
        : caller.withSession(key.asString());
  }
}
