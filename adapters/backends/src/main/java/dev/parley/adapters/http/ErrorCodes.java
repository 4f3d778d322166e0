package dev.parley.adapters.http;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * OpenAI's words for the refusals that routing acts on, found behind every backend's own spelling.
 * A code that a backend gave itself is believed; its message is read only when it gave none or one
 * that says nothing.
 */
final class ErrorCodes {

  static final String CONTEXT_LENGTH = "context_length_exceeded";
  static final String MODEL_NOT_FOUND = "model_not_found";

  /** Codes and types that mean a text too long for the model; llama.cpp's is a type. */
  private static final Set<String> TOO_LONG =
      Set.of(CONTEXT_LENGTH, "exceed_context_size_error", "token_limit_exceeded");

  /** Codes that say no more than a status 400 or 404 does. */
  private static final Set<String> VAGUE =
      Set.of(
          "",
          "invalid_request",
          "invalid_request_error",
          "invalid_prompt",
          "not_found",
          "unmapped");

  /**
   * In this order: OpenAI, vLLM and OpenRouter; newer vLLM; llama.cpp's three; Ollama; TEI;
   * providers behind OpenRouter.
   */
  private static final Pattern TOO_LONG_TEXT =
      Pattern.compile(
          "maximum context length"
              + "|longer than the maximum model length"
              + "|exceeds? the available context size"
              + "|too large to process"
              + "|larger than the max context size"
              + "|exceeds? (the )?(maximum )?context (length|size|window)"
              + "|must have less than \\d+ tokens"
              + "|prompt is too long"
              + "|exceeds the maximum number of tokens");

  /** OpenAI, vLLM, llama.cpp's router and Ollama put the name in quotes; the rest is OpenRouter. */
  private static final Pattern NO_MODEL_TEXT =
      Pattern.compile(
          "^(the )?model [`'\"].{1,300}[`'\"],? (is |was )?(does not exist|not found)"
              + "|is not a valid model id"
              + "|^no endpoints found for ");

  private ErrorCodes() {}

  /** The code to pass on: OpenAI's word where there is one, else the backend's own. */
  static String of(ErrorBody error) {
    if (isTooLong(error)) {
      return CONTEXT_LENGTH;
    }
    return isNoModel(error) ? MODEL_NOT_FOUND : error.code();
  }

  /** Whether the text was too long for the model. */
  static boolean isTooLong(ErrorBody error) {
    return TOO_LONG.contains(error.code())
        || TOO_LONG.contains(error.type())
        || (VAGUE.contains(error.code()) && says(TOO_LONG_TEXT, error));
  }

  /** Whether the backend does not have the model, as opposed to the route. */
  static boolean isNoModel(ErrorBody error) {
    return error.code().equals(MODEL_NOT_FOUND)
        || (VAGUE.contains(error.code()) && says(NO_MODEL_TEXT, error));
  }

  private static boolean says(Pattern words, ErrorBody error) {
    return words.matcher(error.message().toLowerCase(Locale.ROOT)).find();
  }
}
