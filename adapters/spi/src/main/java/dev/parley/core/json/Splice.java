package dev.parley.core.json;

/// Copies an object with the changes of one edit worked in.
final class Splice {

  private final JsonObject object;
  private final JsonEdit edit;
  private final byte[] text;
  private final Bytes out;
  private boolean first = true;

  Splice(JsonObject object, JsonEdit edit) {
    this.object = object;
    this.edit = edit;
    this.text = object.value().source();
    this.out = new Bytes(object.value().length() + 64);
  }

  JsonValue result() {
    out.put('{');
    int gap = object.value().start() + 1;
    int last = object.size() - 1;
    for (int member = 0; member <= last; member++) {
      int comma = Slices.space(text, object.valueEnd(member));
      if (edit.isKept(member)) {
        comma();
        out.put(text, gap, object.nameStart(member) - 1);
        member(member);
        if (member < last) {
          out.put(text, object.valueEnd(member), comma);
        }
      }
      gap = comma + 1;
    }
    for (JsonMember added : edit.appended()) {
      comma();
      Escapes.put(out, added.name());
      out.put(':');
      put(added.value());
    }
    // White space before the closing brace stays there, behind whatever was appended.
    out.put(text, last < 0 ? gap : object.valueEnd(last), object.value().end());
    return new JsonValue(out.array(), 0, out.size());
  }

  private void comma() {
    if (!first) {
      out.put(',');
    }
    first = false;
  }

  private void member(int member) {
    String name = edit.newName(member);
    if (name == null) {
      out.put(text, object.nameStart(member) - 1, object.nameEnd(member) + 1);
    } else {
      Escapes.put(out, name);
    }
    out.put(text, object.nameEnd(member) + 1, object.valueStart(member));
    JsonValue value = edit.newValue(member);
    if (value == null) {
      out.put(text, object.valueStart(member), object.valueEnd(member));
    } else {
      put(value);
    }
  }

  private void put(JsonValue value) {
    out.put(value.source(), value.start(), value.end());
  }
}
