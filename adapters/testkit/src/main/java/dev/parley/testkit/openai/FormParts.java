package dev.parley.testkit.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.testkit.backend.RecordedRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The parts of a {@code multipart/form-data} body by their names. */
record FormParts(Map<String, byte[]> parts) {
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
  private static final Pattern NAME = Pattern.compile("form-data;[^\\r\\n]*?\\bname=\"([^\"]*)\"");

  static FormParts of(RecordedRequest request) {
    var boundary = BOUNDARY.matcher(request.header("content-type").orElse(""));
    if (!boundary.find()) {
      throw Refusal.invalid("a multipart form is expected", "body");
    }
    // One byte is one character here, so that nothing of a file is changed.
    var text = new String(request.body(), ISO_8859_1);
    var parts = new LinkedHashMap<String, byte[]>();
    for (var part : text.split(Pattern.quote("--" + boundary.group(1)), -1)) {
      var end = part.indexOf("\r\n\r\n");
      var name = NAME.matcher(part);
      if (end >= 0 && name.find() && part.endsWith("\r\n")) {
        parts.put(name.group(1), part.substring(end + 4, part.length() - 2).getBytes(ISO_8859_1));
      }
    }
    return new FormParts(parts);
  }

  /** A part's text; refused when the part is not there. */
  String text(String name) {
    return new String(file(name), UTF_8);
  }

  /** A part's bytes; refused when the part is not there. */
  byte[] file(String name) {
    var part = parts.get(name);
    if (part == null) {
      throw new Refusal(Trouble.INVALID, 422, "Field required: " + name, name);
    }
    return part;
  }
}
