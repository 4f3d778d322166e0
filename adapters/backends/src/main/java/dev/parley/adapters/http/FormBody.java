package dev.parley.adapters.http;

import com.linecorp.armeria.common.MediaType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Builds a form with files, as {@code multipart/form-data}. For one thread. */
public final class FormBody {

  private static final MediaType FORM = MediaType.parse("multipart/form-data");

  /** Names that need no escape; all that the hub sends are its own. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  private final String boundary;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /**
   * @param unique what no part of the form holds, such as a hash of the file in it
   */
  public FormBody(String unique) {
    this.boundary = "part-" + unique;
  }

  /** Adds a text. */
  public FormBody field(String name, String value) {
    head(name, "");
    put("\r\n" + value + "\r\n");
    return this;
  }

  /** Adds a WAV file. */
  public FormBody wav(String name, String filename, byte[] bytes) {
    head(name, "; filename=\"" + plain(filename) + "\"");
    put("content-type: audio/wav\r\n\r\n");
    out.writeBytes(bytes);
    put("\r\n");
    return this;
  }

  private void head(String name, String more) {
    put(
        "--"
            + boundary
            + "\r\ncontent-disposition: form-data; name=\""
            + plain(name)
            + "\""
            + more);
    put("\r\n");
  }

  private static String plain(String name) {
    if (!PLAIN.matcher(name).matches()) {
      throw new IllegalArgumentException("not a plain name in a form");
    }
    return name;
  }

  /** The type of the body. */
  public MediaType type() {
    return FORM.withParameter("boundary", boundary);
  }

  /** The whole body; nothing may be added any more. */
  public byte[] bytes() {
    put("--" + boundary + "--\r\n");
    return out.toByteArray();
  }

  private void put(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
