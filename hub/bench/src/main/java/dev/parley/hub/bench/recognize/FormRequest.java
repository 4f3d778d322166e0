package dev.parley.hub.bench.recognize;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;

/** Requests of HTTP/1.1 whose body is a form with one file. */
final class FormRequest {

  private static final String BOUNDARY = "parley-bench-form";
  private static final String END = "\r\n--" + BOUNDARY + "--\r\n";

  private FormRequest() {}

  /** All of it. */
  static byte[] of(String path, Map<String, String> fields, String fileName, byte[] file) {
    byte[] before = before(path, fields, fileName, file.length);
    byte[] end = end();
    byte[] request = new byte[before.length + file.length + end.length];
    System.arraycopy(before, 0, request, 0, before.length);
    System.arraycopy(file, 0, request, before.length, file.length);
    System.arraycopy(end, 0, request, before.length + file.length, end.length);
    return request;
  }

  /** What stands before the bytes of the file; {@link #end} follows them. */
  static byte[] before(String path, Map<String, String> fields, String fileName, long fileBytes) {
    StringBuilder form = new StringBuilder();
    fields.forEach((name, value) ->
        form.append("--" + BOUNDARY + "\r\ncontent-disposition: form-data; name=\"")
            .append(name)
            .append("\"\r\n\r\n")
            .append(value)
            .append("\r\n"));
    form.append("--" + BOUNDARY + "\r\ncontent-disposition: form-data; name=\"file\"; filename=\"")
        .append(fileName)
        .append("\"\r\ncontent-type: application/octet-stream\r\n\r\n");
    long length = form.length() + fileBytes + END.length();
    String head =
        "POST "
            + path
            + " HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: multipart/form-data; boundary="
            + BOUNDARY
            + "\r\ncontent-length: "
            + length
            + "\r\n\r\n";
    return (head + form).getBytes(UTF_8);
  }

  static byte[] end() {
    return END.getBytes(UTF_8);
  }
}
