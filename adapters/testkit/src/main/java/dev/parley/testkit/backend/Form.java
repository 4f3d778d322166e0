package dev.parley.testkit.backend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A {@code multipart/form-data} body by the names of its parts; of two with one name the last
 * counts.
 *
 * @param fields parts without a file name
 * @param files parts with one
 */
public record Form(Map<String, String> fields, Map<String, byte[]> files) {
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
  private static final Pattern NAME = Pattern.compile("form-data;[^\\r\\n]*?\\bname=\"([^\"]*)\"");
  private static final Pattern FILENAME = Pattern.compile("filename=\"([^\"]+)\"");

  /** Copies the maps. */
  public Form {
    fields = Map.copyOf(fields);
    files = Map.copyOf(files);
  }

  /** Without any part when the request is no form. */
  public static Form of(RecordedRequest request) {
    var fields = new LinkedHashMap<String, String>();
    var files = new LinkedHashMap<String, byte[]>();
    var boundary = BOUNDARY.matcher(request.header("content-type").orElse(""));
    if (boundary.find()) {
      // One byte is one character here, so that nothing of a file is changed.
      var text = new String(request.body(), ISO_8859_1);
      for (var part : text.split(Pattern.quote("--" + boundary.group(1)), -1)) {
        var end = part.indexOf("\r\n\r\n");
        if (end >= 0 && part.endsWith("\r\n")) {
          var content = part.substring(end + 4, part.length() - 2).getBytes(ISO_8859_1);
          add(part.substring(0, end), content, fields, files);
        }
      }
    }
    return new Form(fields, files);
  }

  private static void add(
      String head, byte[] content, Map<String, String> fields, Map<String, byte[]> files) {
    var name = NAME.matcher(head);
    if (name.find()) {
      if (FILENAME.matcher(head).find()) {
        files.put(name.group(1), content);
      } else {
        fields.put(name.group(1), new String(content, UTF_8));
      }
    }
  }

  /** A field's text; empty when it is not there. */
  public String text(String name) {
    return fields.getOrDefault(name, "");
  }

  /** A file's bytes. */
  public Optional<byte[]> file(String name) {
    return Optional.ofNullable(files.get(name));
  }
}
