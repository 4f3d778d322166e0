package dev.parley.hub.edge.grpc.document;

import dev.parley.core.json.JsonWriter;
import dev.parley.proto.v1.Prompt;
import java.util.List;

/** Inputs of completions and embeddings: a text, texts, token ids or lists of token ids. */
final class Prompts {

  private Prompts() {}

  /** Writes nothing when there is none, as that is the backend's to judge. */
  static void write(JsonWriter out, String name, List<Prompt> prompts, String path) {
    if (prompts.isEmpty()) {
      return;
    }
    out.name(name);
    if (prompts.size() == 1) {
      write(out, prompts.getFirst(), path + "[0]");
      return;
    }
    Prompt.PromptCase kind = prompts.getFirst().getPromptCase();
    out.beginArray();
    for (int i = 0; i < prompts.size(); i++) {
      if (prompts.get(i).getPromptCase() != kind) {
        throw Invalid.field(path + "[" + i + "]", "texts and tokens mixed", "one kind");
      }
      write(out, prompts.get(i), path + "[" + i + "]");
    }
    out.endArray();
  }

  private static void write(JsonWriter out, Prompt prompt, String path) {
    switch (prompt.getPromptCase()) {
      case TEXT -> out.value(prompt.getText());
      case TOKENS -> {
        out.beginArray();
        for (int id : prompt.getTokens().getIdsList()) {
          out.value(id);
        }
        out.endArray();
      }
      case PROMPT_NOT_SET -> throw Invalid.field(path, "empty", "text or tokens");
    }
  }
}
