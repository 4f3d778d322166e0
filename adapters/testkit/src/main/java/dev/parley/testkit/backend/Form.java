package dev.parley.testkit.backend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code multipart/form-data} body.
 *
 * @param parts in the order in which they came; names may repeat
 */
public record Form(List<Part> parts) {
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
  private static final Pattern NAME = Pattern.compile("[;\\s]name=\"([^\"]*)\"");
  private static final Pattern FILE_NAME = Pattern.compile("\\bfilename=\"([^\"]*)\"");
  private static final Pattern TYPE = Pattern.compile("(?i)content-type:\\s*([^\\r\\n]+)");

  /** Copies the list. */
  public Form {
    parts = List.copyOf(parts);
  }

  /**
   * One part.
   *
   * @param name the field's name
   * @param fileName empty for a field without a file
   * @param type the part's content type, empty when it has none
   * @param bytes not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  public record Part(String name, String fileName, String type, byte[] bytes) {

    /** The bytes as UTF-8 text. */
    public String text() {
      return new String(bytes, UTF_8);
    }
  }

  /** The form in a request; empty when its content type is another. */
  public static Optional<Form> in(RecordedRequest request) {
    var boundary = BOUNDARY.matcher(request.header("content-type").orElse(""));
    if (!boundary.find()) {
      return Optional.empty();
    }
    // One byte is one character here, so that nothing of a file is changed.
    var text = new String(request.body(), ISO_8859_1);
    var parts = new ArrayList<Part>();
    for (var part : text.split(Pattern.quote("--" + boundary.group(1)), -1)) {
      var end = part.indexOf("\r\n\r\n");
      if (end >= 0) {
        var head = part.substring(0, end);
        var body = part.substring(end + 4, part.length() - 2).getBytes(ISO_8859_1);
        first(NAME, head)
            .ifPresent(name ->
                parts.add(
                    new Part(
                        name,
                        first(FILE_NAME, head).orElse(""),
                        first(TYPE, head).orElse(""),
                        body)));
      }
    }
    return Optional.of(new Form(parts));
  }

  /** The form in a request; one without parts when its content type is another. */
  public static Form of(RecordedRequest request) {
    return in(request).orElse(new Form(List.of()));
  }

  private static Optional<String> first(Pattern pattern, String text) {
    var found = pattern.matcher(text);
    return found.find()
        ? Optional.of(found).map(Matcher::toMatchResult).map(r -> r.group(1))
        : Optional.empty();
  }

  /** The first part of that name that has a file. */
  public Optional<Part> file(String name) {
    return parts.stream().filter(p -> p.name().equals(name) && !p.fileName().isEmpty()).findFirst();
  }

  /** The bytes of the first file of that name. */
  public Optional<byte[]> bytes(String name) {
    return file(name).map(Part::bytes);
  }

  /** The texts of the parts that are no files; of two with one name the last counts. */
  public Map<String, String> fields() {
    var fields = new LinkedHashMap<String, String>();
    parts.stream()
        .filter(part -> part.fileName().isEmpty())
        .forEach(part -> fields.put(part.name(), part.text()));
    return fields;
  }

  /** The first text under that name. */
  public Optional<String> text(String name) {
    return texts(name).stream().findFirst();
  }

  /** All texts under that name, in order. */
  public List<String> texts(String name) {
    return parts.stream().filter(p -> p.name().equals(name)).map(Part::text).toList();
  }

  /** Whether a part has that name. */
  public boolean has(String name) {
    return parts.stream().anyMatch(p -> p.name().equals(name));
  }
}
