package dev.parley.hub.dispatch;

import dev.parley.core.json.JsonObject;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Amounts;
import dev.parley.core.model.DocumentCall;
import dev.parley.hub.config.Strategy;
import dev.parley.hub.limits.Demand;
import dev.parley.hub.registry.ServedModel;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Guesses how many tokens a document asks for, from the length of its texts: four bytes are about
 * one token of English, and more tokens than that of nothing. Pictures and sound are not counted.
 * Meant for choosing between targets and for reserving, not for billing.
 */
final class TokenEstimate {

  private static final int BYTES_PER_TOKEN = 4;

  /** What a chat template adds to a message. */
  private static final int TOKENS_PER_MESSAGE = 4;

  private TokenEstimate() {}

  /**
   * What the call asks for; nothing when that decides nothing: no operator's rule looks at it, and
   * even if the whole document were text it would fit everywhere.
   */
  static Amounts of(DocumentCall call, ServedModel model) {
    return isWeighed(model) || !surelyFits(call.document(), model) ? of(call) : Amounts.NONE;
  }

  private static boolean isWeighed(ServedModel model) {
    return !model.rules().isEmpty()
        || model.route().strategy() == Strategy.CHEAPEST
        || model.route().ways().stream().anyMatch(ServedModel.Way.Through.class::isInstance);
  }

  private static boolean surelyFits(JsonValue document, ServedModel model) {
    for (ServedModel.ServedTarget target : model.targets()) {
      OptionalInt context = target.model().contextLength();
      if (context.isPresent() && document.length() > context.getAsInt()) {
        return false;
      }
    }
    return true;
  }

  /** What the call is thought to take; an answer of unknown length is thought to be none. */
  static Demand demand(DocumentCall call) {
    Amounts amounts = of(call);
    return new Demand(
        call.head().model(), amounts.inputTokens(), Math.max(0, amounts.outputTokens()), 0, 0, 0);
  }

  static Amounts of(DocumentCall call) {
    JsonObject document = call.document().object();
    long input =
        switch (call.kind()) {
          case CHAT ->
              messages(document.get("messages")) + bytes(document.get("tools")) / BYTES_PER_TOKEN;
          case COMPLETION -> texts(document.get("prompt"));
          case EMBEDDING -> texts(document.get("input"));
        };
    return Amounts.ofTokens(input, output(document));
  }

  private static long messages(@Nullable JsonValue messages) {
    long tokens = 0;
    if (messages != null && messages.isArray()) {
      for (JsonValue message : messages.elements()) {
        tokens += TOKENS_PER_MESSAGE + content(message.get("content")) / BYTES_PER_TOKEN;
      }
    }
    return tokens;
  }

  private static long content(@Nullable JsonValue content) {
    if (content == null || !content.isArray()) {
      return bytes(content);
    }
    long bytes = 0;
    for (JsonValue part : content.elements()) {
      bytes += bytes(part.get("text"));
    }
    return bytes;
  }

  /** A string, strings, token ids or lists of them. */
  private static long texts(@Nullable JsonValue value) {
    if (value == null || !value.isArray()) {
      return bytes(value) / BYTES_PER_TOKEN;
    }
    long tokens = 0;
    for (JsonValue element : value.elements()) {
      tokens += element.isNumber() ? 1 : texts(element);
    }
    return tokens;
  }

  private static long bytes(@Nullable JsonValue value) {
    return value == null || value.isNull() ? 0 : value.length();
  }

  private static long output(JsonObject document) {
    JsonValue most = document.get("max_completion_tokens");
    JsonValue wanted = most == null || !most.isNumber() ? document.get("max_tokens") : most;
    if (wanted == null || !wanted.isNumber()) {
      return Amounts.UNKNOWN;
    }
    double tokens = wanted.asDouble();
    return tokens >= 0 && tokens < 1e12 ? (long) tokens : Amounts.UNKNOWN;
  }
}
