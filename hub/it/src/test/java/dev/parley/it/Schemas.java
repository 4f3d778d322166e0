package dev.parley.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * The schemas of OpenAI's published description. It says 3.1 of itself, where a schema is a JSON
 * schema, but still writes 3.0's {@code nullable} in places: that is put into today's words first.
 */
final class Schemas {

  private static final int CHARS_MAX = 16 << 20;

  private final JsonNode components;
  private final JsonSchemaFactory factory =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
  private final Map<String, JsonSchema> compiled = new ConcurrentHashMap<>();

  Schemas(Path file) throws IOException {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(CHARS_MAX);
    ObjectMapper yaml = new ObjectMapper(YAMLFactory.builder().loaderOptions(options).build());
    components = yaml.readTree(file.toFile()).path("components");
    allowNull(components);
  }

  /** Where the description lies beside the repository, if it does. */
  static Path file() {
    return Path.of(System.getProperty("shared.dir", "."), "reference", "openai", "openapi.yaml");
  }

  static boolean available() {
    return Files.isRegularFile(file());
  }

  /** What is wrong with a value; empty when nothing is. */
  List<String> problems(String schema, JsonNode value) {
    return compiled.computeIfAbsent(schema, this::compile).validate(value).stream()
        .map(Object::toString)
        .sorted()
        .toList();
  }

  private JsonSchema compile(String name) {
    if (components.at("/schemas/" + name).isMissingNode()) {
      throw new IllegalArgumentException("no such schema: " + name);
    }
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("$ref", "#/components/schemas/" + name);
    root.set("components", components);
    return factory.getSchema(root);
  }

  private static void allowNull(JsonNode node) {
    node.forEach(Schemas::allowNull);
    if (node instanceof ObjectNode schema && schema.path("nullable").asBoolean(false)) {
      schema.remove("nullable");
      ObjectNode copy = schema.deepCopy();
      schema.removeAll();
      ArrayNode either = schema.putArray("anyOf");
      either.add(copy);
      either.addObject().put("type", "null");
    }
  }
}
