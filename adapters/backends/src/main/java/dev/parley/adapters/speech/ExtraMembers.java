package dev.parley.adapters.speech;

import dev.parley.core.json.JsonEdit;
import dev.parley.core.json.JsonMember;
import dev.parley.core.json.JsonValue;

/** Adds what the hub's schema does not model to a request. */
public final class ExtraMembers {

  private ExtraMembers() {}

  /** The request with those members that it does not have; what it says itself stays. */
  public static JsonValue merged(JsonValue request, JsonValue extra) {
    // A request may hold a recording: nobody looks through it without need.
    if (!extra.isObject() || extra.object().size() == 0) {
      return request;
    }
    JsonEdit edit = JsonEdit.of(request);
    for (JsonMember member : extra.object()) {
      if (!request.object().has(member.name())) {
        edit.set(member.name(), member.value());
      }
    }
    return edit.apply();
  }
}
