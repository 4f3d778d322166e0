package dev.parley.hub.edge.http;

import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.hub.speech.SpokenEvent;
import io.netty.util.AttributeKey;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/** What an answer that is speech tells of the voice; the same names are metadata over gRPC. */
public final class SpokenBy {

  /** Who speaks, as the caller may name it; what is not visible ASCII is percent-encoded. */
  public static final String VOICE = "x-parley-voice";

  /** How a mixture of voices came about. */
  public static final String BLEND = "x-parley-blend";

  private static final AttributeKey<SpokenEvent.Begun> BEGUN =
      AttributeKey.valueOf(SpokenBy.class, "BEGUN");

  private SpokenBy() {}

  /** Ties what is known of the voice to the request that it answers. */
  public static void note(ServiceRequestContext ctx, SpokenEvent.Begun begun) {
    ctx.setAttr(BEGUN, begun);
  }

  /** Gives name and value of what is known by now. */
  public static void tell(ServiceRequestContext ctx, BiConsumer<String, String> header) {
    SpokenEvent.Begun begun = ctx.attr(BEGUN);
    if (begun != null) {
      tell(begun, header);
    }
  }

  /** Gives name and value of what is known. */
  public static void tell(SpokenEvent.Begun begun, BiConsumer<String, String> header) {
    if (!begun.voice().isEmpty()) {
      header.accept(VOICE, visible(begun.voice()));
    }
    if (!begun.blend().isEmpty()) {
      header.accept(BLEND, visible(begun.blend()));
    }
  }

  static String visible(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (byte letter : text.getBytes(StandardCharsets.UTF_8)) {
      if (letter >= ' ' && letter <= '~' && letter != '%') {
        out.append((char) letter);
      } else {
        out.append('%').append(String.format("%02X", letter & 0xFF));
      }
    }
    return out.toString();
  }
}
