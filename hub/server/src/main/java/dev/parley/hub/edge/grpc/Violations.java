package dev.parley.hub.edge.grpc;

import build.buf.protovalidate.Violation;
import build.buf.validate.FieldPathElement;
import dev.parley.core.error.HubError;
import dev.parley.core.error.Shown;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what is wrong with a field in the hub's own words. */
final class Violations {

  private static final Pattern BOUNDS =
      Pattern.compile(
          "value must be greater than or equal to (\\S+) and less than or equal to (\\S+)");
  private static final Pattern LIST = Pattern.compile("value must be in list \\[(.*)]");

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
        case STRING_KEY -> path.append('[').append(Shown.text(element.getStringKey())).append(']');
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
      return violation.toProto().getRuleId().equals("repeated.unique") ? "one twice" : "not set";
    }
    return switch (field.getValue()) {
      case Number number -> number.toString();
      case Boolean bool -> bool.toString();
      case String text -> "'" + Shown.text(text) + "'";
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
    return switch (facts.getRuleId()) {
      case "required" -> "a value";
      case "repeated.unique" -> "each once";
      default -> plain(message);
    };
  }

  /**
   * The library writes for programs: "value must be greater than or equal to 1 and less than …".
   */
  private static String plain(String message) {
    Matcher bounds = BOUNDS.matcher(message);
    if (bounds.matches()) {
      return bounds.group(1) + ".." + bounds.group(2);
    }
    Matcher list = LIST.matcher(message);
    if (list.matches()) {
      return "one of " + list.group(1);
    }
    return message
        .replaceFirst("^(value|repeated value) must (be )?", "")
        .replace("greater than or equal to", "at least")
        .replace("less than or equal to", "at most");
  }
}
