package dev.parley.testkit.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.content.Vectors;
import dev.parley.testkit.content.Words;
import java.util.List;

/**
 * llama.cpp's wire: {@code code} first and integer, {@code timings}, {@code reasoning_content},
 * comments in streams.
 */
final class LlamaDialect extends Dialect {
  static final int CONTEXT = 4096;
  private static final int BATCH = 512;

  volatile boolean embeds = true;
  volatile boolean thinks;

  @Override
  String begun(ObjectNode body) {
    var messages = body.path("messages");
    var begun = lastSaid(messages);
    if (begun.isEmpty()) {
      return "";
    }
    if (messages.path(messages.size() - 2).path("role").asText().equals("assistant")) {
      throw new Refusal(
          Trouble.INVALID,
          "Cannot have 2 or more assistant messages at the end of the list.",
          null);
    }
    if (body.path("chat_template_kwargs").path("enable_thinking").asBoolean(thinks)) {
      throw new Refusal(
          Trouble.INVALID,
          "Assistant response prefill is incompatible with enable_thinking.",
          null);
    }
    return begun;
  }

  @Override
  ObjectNode error(Refusal refusal) {
    var body = Json.object();
    var error =
        body.putObject("error")
            .put("code", refusal.status())
            .put("message", refusal.text())
            .put("type", refusal.trouble().llamaType);
    if (refusal.trouble() == Trouble.CONTEXT) {
      error.put("n_prompt_tokens", CONTEXT + 1).put("n_ctx", CONTEXT);
    }
    return body;
  }

  @Override
  ObjectNode model(String id) {
    var model = OpenAiFamily.modelEntry(id, "llamacpp");
    model
        .putObject("meta")
        .put("vocab_type", 1)
        .put("n_vocab", 32_000)
        .put("n_ctx_train", CONTEXT)
        .put("n_embd", Vectors.DEFAULT_DIMENSIONS)
        .put("n_params", 1_000_000)
        .put("size", 2_000_000);
    return model;
  }

  @Override
  List<String> opening() {
    return List.of(": keep-alive\n\n");
  }

  @Override
  String thoughtMember() {
    return "reasoning_content";
  }

  @Override
  void envelope(ObjectNode root) {
    root.put("system_fingerprint", "b1-fake");
    if (root.has("usage")) {
      timings(root);
    }
  }

  @Override
  void usage(ObjectNode usage) {
    usage.putObject("prompt_tokens_details").put("cached_tokens", 0);
  }

  @Override
  void checkChat(ChatCall call) {
    if (call.heard().promptWords() > CONTEXT) {
      throw new Refusal(
          Trouble.CONTEXT,
          "the request exceeds the available context size. try increasing it",
          null);
    }
  }

  @Override
  void checkEmbedding(ObjectNode body, List<String> texts) {
    if (!embeds) {
      throw new Refusal(
          Trouble.UNSUPPORTED,
          "This server does not support embeddings. Start it with `--embeddings`",
          null);
    }
    if (body.has("dimensions")) {
      throw Refusal.invalid("dimensions is not supported", "dimensions");
    }
    if (texts.stream().anyMatch(text -> Words.count(text) > BATCH)) {
      throw new Refusal(
          Trouble.FAILED, "input is too large to process. increase the physical batch size", null);
    }
  }

  @Override
  void embeddingRow(ObjectNode row, boolean base64) {
    if (base64) {
      row.put("encoding_format", "base64");
    }
  }

  static void timings(ObjectNode root) {
    root.putObject("timings")
        .put("prompt_n", 4)
        .put("prompt_ms", 1.5)
        .put("predicted_n", 4)
        .put("predicted_ms", 2.5)
        .put("predicted_per_second", 1600.5);
  }
}
