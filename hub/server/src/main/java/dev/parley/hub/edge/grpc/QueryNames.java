package dev.parley.hub.edge.grpc;

import com.google.api.AnnotationsProto;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.error.Shown;
import dev.parley.core.model.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the query of a transcoded GET before the transcoder does, which leaves out what it does
 * not know and cannot say which number is none. A misspelt day must not become another answer.
 */
final class QueryNames {

  /** A route, and what its query may hold. */
  private record Asked(PathTemplate path, Map<String, FieldDescriptor> fields) {}

  private final List<Asked> routes = new ArrayList<>();

  /** Of all routes by GET of the services of these files. */
  QueryNames(List<FileDescriptor> files) {
    for (ServiceDescriptor service :
        files.stream().flatMap(file -> file.getServices().stream()).toList()) {
      for (MethodDescriptor method : service.getMethods()) {
        String path = method.getOptions().getExtension(AnnotationsProto.http).getGet();
        if (!path.isEmpty()) {
          routes.add(asked(path, method));
        }
      }
    }
  }

  private static Asked asked(String path, MethodDescriptor method) {
    Map<String, FieldDescriptor> fields = new LinkedHashMap<>();
    method.getInputType().getFields().forEach(field -> fields.put(field.getName(), field));
    PathTemplate template = PathTemplate.of(path);
    template.names().forEach(fields::remove);
    return new Asked(template, fields);
  }

  /** Fails with InvalidRequest that names the parameter. Other requests than such GETs pass. */
  void check(ServiceRequestContext ctx) {
    if (ctx.query() == null || ctx.method() != HttpMethod.GET) {
      return;
    }
    for (Asked route : routes) {
      if (route.path().matches(ctx.path())) {
        check(ctx.queryParams(), route.fields());
        return;
      }
    }
  }

  private static void check(QueryParams given, Map<String, FieldDescriptor> known) {
    for (String name : given.names()) {
      FieldDescriptor field = field(name, known);
      if (field == null) {
        throw unknown(name, known);
      }
      for (String value : given.getAll(name)) {
        check(field, value);
      }
    }
  }

  private static @Nullable FieldDescriptor field(String name, Map<String, FieldDescriptor> known) {
    FieldDescriptor field = known.get(name);
    return field != null
        ? field
        : known.values().stream()
            .filter(it -> it.getJsonName().equals(name))
            .findFirst()
            .orElse(null);
  }

  private static HubException unknown(String name, Map<String, FieldDescriptor> known) {
    String nearest =
        NearestName.of(name, known.keySet())
            .map(near -> "; did you mean '" + near + "'?")
            .orElse("");
    return refused(
        Shown.text(name),
        "an unknown parameter",
        (known.isEmpty() ? "no parameters" : "one of " + String.join(", ", known.keySet()))
            + nearest);
  }

  private static void check(FieldDescriptor field, String value) {
    switch (field.getJavaType()) {
      case INT -> number(field, value, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case LONG -> number(field, value, Long.MIN_VALUE, Long.MAX_VALUE);
      case BOOLEAN -> {
        if (!value.equals("true") && !value.equals("false")) {
          throw refused(field.getName(), "'" + Shown.text(value) + "'", "true or false");
        }
      }
      case FLOAT, DOUBLE, STRING, BYTE_STRING, ENUM, MESSAGE -> {}
    }
  }

  private static void number(FieldDescriptor field, String value, long min, long max) {
    try {
      long number = Long.parseLong(value);
      if (number >= min && number <= max) {
        return;
      }
    } catch (NumberFormatException _) {
      // Refused below, like one that is too large.
    }
    throw refused(field.getName(), "'" + Shown.text(value) + "'", "a whole number");
  }

  private static HubException refused(String field, String got, String expected) {
    return new HubException(new HubError.InvalidRequest(field, got, expected));
  }
}
