package dev.parley.hub.edge.grpc;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.error.Shown;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonMember;
import dev.parley.core.json.JsonSyntaxException;
import dev.parley.core.json.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds transcoded requests that name something in their paths to that name. The transcoder takes
 * what a query says instead, and leaves out what a body says: a caller who means two things by one
 * request would hear nothing of it.
 */
final class PathNames {

  /** A field that a path sets, as the names of fields that lead to it. */
  private record Bound(List<FieldDescriptor> way) {

    String text() {
      return String.join(".", way.stream().map(FieldDescriptor::getName).toList());
    }
  }

  /**
   * A route that sets fields.
   *
   * @param body the member of the message that the body is; {@code *} where it is the message
   */
  private record Rule(String method, PathTemplate path, List<Bound> names, String body) {}

  private final List<Rule> rules = new ArrayList<>();

  /** Of all routes of these services. */
  PathNames(Iterable<ServiceDescriptor> services) {
    for (ServiceDescriptor service : services) {
      for (MethodDescriptor method : service.getMethods()) {
        HttpRule rule = method.getOptions().getExtension(AnnotationsProto.http);
        add(rule, method.getInputType());
        rule.getAdditionalBindingsList().forEach(more -> add(more, method.getInputType()));
      }
    }
  }

  private void add(HttpRule rule, Descriptor message) {
    String path =
        switch (rule.getPatternCase()) {
          case GET -> rule.getGet();
          case PUT -> rule.getPut();
          case POST -> rule.getPost();
          case DELETE -> rule.getDelete();
          case PATCH -> rule.getPatch();
          case CUSTOM, PATTERN_NOT_SET -> "";
        };
    PathTemplate template = PathTemplate.of(path);
    if (!template.names().isEmpty()) {
      List<Bound> names = template.names().stream().map(name -> bound(name, message)).toList();
      rules.add(new Rule(rule.getPatternCase().name(), template, names, rule.getBody()));
    }
  }

  private static Bound bound(String name, Descriptor message) {
    List<FieldDescriptor> way = new ArrayList<>();
    Descriptor at = message;
    for (String part : name.split("\\.", -1)) {
      FieldDescriptor field = at.findFieldByName(part);
      if (field == null) {
        throw new IllegalArgumentException(message.getFullName() + " has no field " + name);
      }
      way.add(field);
      at = field.getJavaType() == JavaType.MESSAGE ? field.getMessageType() : at;
    }
    return new Bound(List.copyOf(way));
  }

  /** What one request names in its path, and by which fields. */
  record Named(Rule rule, List<String> values) {

    /** Fails with InvalidRequest when the query says one of the names otherwise. */
    void checkQuery(ServiceRequestContext ctx) {
      for (Map.Entry<String, String> given : ctx.queryParams()) {
        String[] parts = given.getKey().split("\\.", -1);
        for (int i = 0; i < values.size(); i++) {
          Bound bound = rule.names().get(i);
          if (isNamed(parts, bound.way()) && !given.getValue().equals(values.get(i))) {
            throw refused(
                bound, "'" + Shown.text(given.getValue()) + "' in the query", values.get(i));
          }
        }
      }
    }

    private static boolean isNamed(String[] parts, List<FieldDescriptor> way) {
      boolean named = parts.length == way.size();
      for (int i = 0; named && i < parts.length; i++) {
        named = is(parts[i], way.get(i));
      }
      return named;
    }

    /** Whether the body may say one of the names, too. */
    boolean isToldInBody() {
      return rule.names().stream().anyMatch(bound -> inBody(bound) != null);
    }

    /** Fails with InvalidRequest when the body says one of the names otherwise. */
    void checkBody(byte[] body) {
      JsonValue json;
      try {
        json = Json.parse(body);
      } catch (JsonSyntaxException _) {
        return; // The transcoder refuses it in its own words.
      }
      for (int i = 0; i < values.size(); i++) {
        Bound bound = rule.names().get(i);
        List<FieldDescriptor> way = inBody(bound);
        if (way != null) {
          check(json, way, bound, values.get(i));
        }
      }
    }

    private @Nullable List<FieldDescriptor> inBody(Bound bound) {
      if (rule.body().equals("*")) {
        return bound.way();
      }
      boolean below =
          bound.way().size() > 1 && bound.way().getFirst().getName().equals(rule.body());
      return below ? bound.way().subList(1, bound.way().size()) : null;
    }

    private static void check(
        JsonValue json, List<FieldDescriptor> way, Bound bound, String value) {
      if (!json.isObject()) {
        return;
      }
      for (JsonMember member : json.object()) {
        JsonValue given = member.value();
        if (!is(member.name(), way.getFirst()) || given.isNull()) {
          continue;
        }
        if (way.size() > 1) {
          check(given, way.subList(1, way.size()), bound, value);
        } else if (!given.isString()) {
          throw refused(bound, Shown.text(given.raw()) + " in the body", value);
        } else if (!given.asString().equals(value)) {
          throw refused(bound, "'" + Shown.text(given.asString()) + "' in the body", value);
        }
      }
    }

    private static boolean is(String name, FieldDescriptor field) {
      return name.equals(field.getName()) || name.equals(field.getJsonName());
    }

    private static HubException refused(Bound bound, String got, String inPath) {
      return new HubException(
          new HubError.InvalidRequest(
              bound.text(), got, "'" + Shown.text(inPath) + "', as the path says, or nothing"));
    }
  }

  /** What the path of this request names; empty where it names nothing. */
  Optional<Named> of(ServiceRequestContext ctx) {
    Map<String, String> params = ctx.pathParams();
    if (params.isEmpty()) {
      return Optional.empty();
    }
    for (Rule rule : rules) {
      if (rule.method().equals(ctx.method().name()) && rule.path().matches(ctx.path())) {
        return Optional.of(new Named(rule, values(rule, params)));
      }
    }
    throw new IllegalStateException("no rule of the schema has the route " + ctx.config().route());
  }

  /** The transcoder calls what a path holds by its field, or numbers it. */
  private static List<String> values(Rule rule, Map<String, String> params) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < rule.names().size(); i++) {
      String value = null;
      for (String name : Arrays.asList(rule.names().get(i).text(), "p" + i, "" + i)) {
        value = value == null ? params.get(name) : value;
      }
      if (value == null) {
        throw new IllegalStateException("the path has no " + rule.names().get(i).text());
      }
      values.add(value);
    }
    return values;
  }
}
