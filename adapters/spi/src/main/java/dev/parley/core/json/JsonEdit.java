package dev.parley.core.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Changes to members of one object, applied by splicing: every member that is not named here keeps
/// its bytes, its place and the white space around it. Each change sees the ones before it. For one
/// thread.
public final class JsonEdit {

  /// What becomes of one member of the original.
  private static final class Fate {
    boolean dropped;
    @Nullable String name;
    @Nullable JsonValue value;
  }

  private final JsonObject object;

  /// One place for each member of the original, null while it is untouched.
  private final @Nullable Fate[] fates;

  private final List<JsonMember> appended = new ArrayList<>(2);
  private boolean changed;

  private JsonEdit(JsonObject object) {
    this.object = object;
    this.fates = new Fate[object.size()];
  }

  /// An edit without any change yet.
  public static JsonEdit of(JsonObject object) {
    return new JsonEdit(object);
  }

  /// An edit without any change yet.
  ///
  /// @throws IllegalStateException if the value is not an object
  public static JsonEdit of(JsonValue value) {
    return new JsonEdit(value.object());
  }

  /// Gives the member this value where it stands, or appends it as the last one. Of repeated
  /// members only the last stays, so that no reader can see an old value. Setting what is there
  /// already changes nothing.
  public JsonEdit set(String name, JsonValue value) {
    Objects.requireNonNull(value, "value");
    int kept = keepLast(name);
    if (kept >= 0) {
      replace(kept, value);
      return this;
    }
    for (int i = 0; i < appended.size(); i++) {
      if (appended.get(i).name().equals(name)) {
        appended.set(i, new JsonMember(name, value));
        return this;
      }
    }
    appended.add(new JsonMember(name, value));
    changed = true;
    return this;
  }

  /// Removes the member and all its repetitions; does nothing when there is none.
  public JsonEdit remove(String name) {
    for (int member = 0; member < fates.length; member++) {
      if (isNow(member, name)) {
        drop(member);
      }
    }
    if (appended.removeIf(member -> member.name().equals(name))) {
      changed = true;
    }
    return this;
  }

  /// Gives a member another name; value and place stay. Other members that already have that name
  /// are removed, of repeated ones only the last is kept. Does nothing when there is no such member
  /// or the names are equal.
  public JsonEdit rename(String from, String to) {
    if (from.equals(to)) {
      return this;
    }
    int kept = keepLast(from);
    if (kept >= 0) {
      remove(to);
      fate(kept).name = to;
      return this;
    }
    for (JsonMember member : appended) {
      if (member.name().equals(from)) {
        remove(to);
        appended.set(appended.indexOf(member), new JsonMember(to, member.value()));
        break;
      }
    }
    return this;
  }

  /// Whether [#apply] would return the value as it was.
  public boolean isUnchanged() {
    return !changed;
  }

  /// The changed object in an array of its own, or the very same value if nothing changed.
  public JsonValue apply() {
    return changed ? new Splice(object, this).result() : object.value();
  }

  boolean isKept(int member) {
    Fate fate = fates[member];
    return fate == null || !fate.dropped;
  }

  @Nullable String newName(int member) {
    Fate fate = fates[member];
    return fate == null ? null : fate.name;
  }

  @Nullable JsonValue newValue(int member) {
    Fate fate = fates[member];
    return fate == null ? null : fate.value;
  }

  List<JsonMember> appended() {
    return appended;
  }

  /// Drops all but the last member of that name and returns the one left, or -1.
  private int keepLast(String name) {
    int kept = -1;
    for (int member = fates.length - 1; member >= 0; member--) {
      if (isNow(member, name)) {
        if (kept < 0) {
          kept = member;
        } else {
          drop(member);
        }
      }
    }
    return kept;
  }

  private boolean isNow(int member, String name) {
    if (!isKept(member)) {
      return false;
    }
    String renamed = newName(member);
    return renamed == null ? object.isNamed(member, name) : renamed.equals(name);
  }

  private void replace(int member, JsonValue value) {
    JsonValue earlier = newValue(member);
    if (!value.equals(earlier == null ? object.valueAt(member) : earlier)) {
      fate(member).value = value;
    }
  }

  private void drop(int member) {
    fate(member).dropped = true;
  }

  private Fate fate(int member) {
    changed = true;
    Fate fate = fates[member];
    if (fate == null) {
      fate = new Fate();
      fates[member] = fate;
    }
    return fate;
  }
}
