package dev.parley.hub.edge.grpc.document;

import dev.parley.core.json.JsonWriter;
import dev.parley.proto.v1.ResponseFormat;
import dev.parley.proto.v1.Tool;
import dev.parley.proto.v1.ToolChoice;
import java.util.List;
import java.util.Set;

/** What the model may call and which form its answer must have. */
final class Tools {

  private static final Set<String> FUNCTION_TOOL = Set.of("type", "function");
  private static final Set<String> FUNCTION = Set.of("name", "description", "parameters", "strict");
  private static final Set<String> OTHER_TOOL =
      Set.of("type", "name", "description", "parameters", "strict");
  private static final Set<String> NAME = Set.of("name");
  private static final Set<String> FORMAT = Set.of("type", "json_schema");
  private static final Set<String> PLAIN_FORMAT = Set.of("type");
  private static final Set<String> SCHEMA = Set.of("name", "schema", "strict");

  private Tools() {}

  static void write(JsonWriter out, List<Tool> tools) {
    if (tools.isEmpty()) {
      return;
    }
    out.name("tools").beginArray();
    for (int i = 0; i < tools.size(); i++) {
      tool(out, tools.get(i), "tools[" + i + "]");
    }
    out.endArray();
  }

  /** Only functions nest their members. */
  private static void tool(JsonWriter out, Tool tool, String path) {
    Extra extra = Extra.of(tool.getExtraJson(), path);
    boolean function = tool.getType().isEmpty() || tool.getType().equals("function");
    out.beginObject().member("type", function ? "function" : tool.getType());
    if (function) {
      out.name("function").beginObject();
      body(out, tool, path);
      extra.inner("function").writeTo(out, FUNCTION);
      out.endObject();
      extra.writeTo(out, FUNCTION_TOOL);
    } else {
      body(out, tool, path);
      extra.writeTo(out, OTHER_TOOL);
    }
    out.endObject();
  }

  private static void body(JsonWriter out, Tool tool, String path) {
    Parts.optional(out, "name", tool.getName());
    Parts.optional(out, "description", tool.getDescription());
    if (!tool.getParametersJson().isEmpty()) {
      out.member("parameters", Extra.rawValue(tool.getParametersJson(), path + ".parameters_json"));
    }
    if (tool.hasStrict()) {
      out.member("strict", tool.getStrict());
    }
  }

  static void write(JsonWriter out, ToolChoice choice) {
    Extra extra = Extra.of(choice.getExtraJson(), "tool_choice");
    out.name("tool_choice");
    switch (choice.getChoiceCase()) {
      case MODE -> {
        if (!extra.isEmpty()) {
          throw Invalid.field(extra.path(), "members beside a mode", "empty");
        }
        out.value(choice.getMode());
      }
      case FUNCTION -> {
        out.beginObject().member("type", "function").name("function").beginObject();
        out.member("name", choice.getFunction());
        extra.inner("function").writeTo(out, NAME);
        out.endObject();
        extra.writeTo(out, FUNCTION_TOOL);
        out.endObject();
      }
      case CHOICE_NOT_SET -> {
        out.beginObject();
        extra.writeTo(out, Set.of());
        out.endObject();
      }
    }
  }

  static void write(JsonWriter out, ResponseFormat format) {
    Extra extra = Extra.of(format.getExtraJson(), "response_format");
    out.name("response_format").beginObject();
    Parts.optional(out, "type", format.getType());
    boolean schema =
        !format.getName().isEmpty() || !format.getSchemaJson().isEmpty() || format.hasStrict();
    if (schema) {
      out.name("json_schema").beginObject();
      Parts.optional(out, "name", format.getName());
      if (!format.getSchemaJson().isEmpty()) {
        out.member("schema", Extra.rawValue(format.getSchemaJson(), "response_format.schema_json"));
      }
      if (format.hasStrict()) {
        out.member("strict", format.getStrict());
      }
      extra.inner("json_schema").writeTo(out, SCHEMA);
      out.endObject();
    }
    extra.writeTo(out, schema ? FORMAT : PLAIN_FORMAT);
    out.endObject();
  }
}
