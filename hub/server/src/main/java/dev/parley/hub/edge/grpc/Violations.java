package dev.parley.hub.edge.grpc;

import build.buf.protovalidate.Violation;
import build.buf.validate.FieldPathElement;
import dev.parley.core.error.HubError;
import java.util.Collection;

/** Says what is wrong with a field in the hub's own words. */
final class Violations {

  private static final int SHOWN_CHARS_MAX = 64;

  private Violations() {}

  static HubError error(Violation violation) {
    build.buf.validate.Violation facts = violation.toProto();
    String path = path(facts.getField().getElementsList());
    return new HubError.InvalidRequest(
        path.isEmpty() ? "message" : path, got(violation), expected(facts));
  }

  private static String path(Iterable<FieldPathElement> elements) {
    StringBuilder path = new StringBuilder();
    for (FieldPathElement element : elements) {
      if (!path.isEmpty()) {
        path.append('.');
      }
      path.append(element.getFieldName());
      switch (element.getSubscriptCase()) {
        case INDEX -> path.append('[').append(element.getIndex()).append(']');
        case STRING_KEY -> path.append('[').append(shown(element.getStringKey())).append(']');
        case INT_KEY -> path.append('[').append(element.getIntKey()).append(']');
        case UINT_KEY -> path.append('[').append(element.getUintKey()).append(']');
        case BOOL_KEY -> path.append('[').append(element.getBoolKey()).append(']');
        case SUBSCRIPT_NOT_SET -> {}
      }
    }
    return path.toString();
  }

  private static String got(Violation violation) {
    Violation.FieldValue field = violation.getFieldValue();
    if (field == null) {
      return "not set";
    }
    return switch (field.getValue()) {
      case Number number -> number.toString();
      case Boolean bool -> bool.toString();
      case String text -> "'" + shown(text) + "'";
      case Collection<?> list -> list.size() + " items";
      case null -> "not set";
      default -> "a value that breaks a rule";
    };
  }

  private static String expected(build.buf.validate.Violation facts) {
    String message = facts.getMessage();
    if (message.isEmpty()) {
      return facts.getRuleId();
    }
    return message.startsWith("value must ") ? message.substring("value must ".length()) : message;
  }

  private static String shown(String text) {
    String head = text.length() > SHOWN_CHARS_MAX ? text.substring(0, SHOWN_CHARS_MAX) + "…" : text;
    return head.replaceAll("\\p{Cntrl}", "?");
  }
}
