package dev.parley.adapters.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.MediaType;
import dev.parley.core.json.JsonValue;
import java.util.List;

/**
 * The body of a call, in pieces that lie where they are: a file within a form is not copied.
 *
 * @param type what it is
 * @param pieces in their order; nobody changes their bytes
 */
public record Body(MediaType type, List<Piece> pieces) {

  /** Bytes of an array. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared, and copying sound would only cost.
  public record Piece(byte[] source, int start, int length) {
    HttpData from(int offset, int most) {
      return HttpData.wrap(source, start + offset, Math.min(most, length - offset));
    }
  }

  public Body {
    pieces = isWhole(pieces) ? List.copyOf(pieces) : filled(pieces);
  }

  /** Nearly every body is one document: that is looked at for less than a stream costs. */
  private static boolean isWhole(List<Piece> pieces) {
    for (Piece piece : pieces) {
      if (piece.length() == 0) {
        return false;
      }
    }
    return true;
  }

  private static List<Piece> filled(List<Piece> pieces) {
    return pieces.stream().filter(piece -> piece.length() > 0).toList();
  }

  /** A document. */
  public static Body of(JsonValue document) {
    return new Body(
        MediaType.JSON, List.of(new Piece(document.source(), document.start(), document.length())));
  }

  /** Its length in bytes. */
  public long length() {
    long length = 0;
    for (Piece piece : pieces) {
      length += piece.length();
    }
    return length;
  }

  /** All of it in one array. */
  byte[] bytes() {
    byte[] all = new byte[Math.toIntExact(length())];
    int at = 0;
    for (Piece piece : pieces) {
      System.arraycopy(piece.source(), piece.start(), all, at, piece.length());
      at += piece.length();
    }
    return all;
  }
}
