package dev.parley.adapters.http;

import com.linecorp.armeria.common.MediaType;
import dev.parley.core.audio.AudioEncoding;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Builds a form with files, as {@code multipart/form-data}. For one thread. */
public final class FormBody {

  private static final MediaType FORM = MediaType.parse("multipart/form-data");

  /** Names that need no escape; all that the hub sends are its own. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]{1,100}(\\[])?");

  private final String boundary;
  private final List<Body.Piece> pieces = new ArrayList<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /**
   * @param unique what no part of the form holds, such as a hash of the file in it
   */
  public FormBody(String unique) {
    this.boundary = "part-" + unique;
  }

  /** A form whose parts nobody can have made to hold its boundary. */
  public static FormBody create() {
    return new FormBody(Boundaries.next());
  }

  /** Adds a text. */
  public FormBody field(String name, String value) {
    head(name, "");
    put("\r\n" + value + "\r\n");
    return this;
  }

  /** Adds a WAV file. */
  public FormBody wav(String name, String filename, byte[] bytes) {
    return sound(name, filename, AudioEncoding.WAV, bytes);
  }

  /** Adds a file of sound, which must not change until the form is sent. */
  public FormBody sound(String name, String filename, AudioEncoding encoding, byte[] bytes) {
    head(name, "; filename=\"" + plain(filename) + "\"");
    put("content-type: " + encoding.mediaType(0, 1) + "\r\n\r\n");
    cut();
    pieces.add(new Body.Piece(bytes, 0, bytes.length));
    put("\r\n");
    return this;
  }

  /** What was written since the last file becomes a piece. */
  private void cut() {
    byte[] written = out.toByteArray();
    pieces.add(new Body.Piece(written, 0, written.length));
    out.reset();
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

  /** The whole form; nothing may be added any more. */
  public Body body() {
    put("--" + boundary + "--\r\n");
    cut();
    return new Body(FORM.withParameter("boundary", boundary), pieces);
  }

  private void put(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
