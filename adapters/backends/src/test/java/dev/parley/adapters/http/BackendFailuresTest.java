package dev.parley.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.ResponseHeaders;
import dev.parley.core.error.HubError;
import dev.parley.core.json.Json;
import dev.parley.core.model.Target;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What routing is told of the error bodies that the backends really send. */
class BackendFailuresTest {

  private static final Target TARGET = new Target("b", "m");

  private static HubError classify(int status, String body) {
    return BackendFailures.classify(
        TARGET, ResponseHeaders.of(status), body.getBytes(StandardCharsets.UTF_8));
  }

  /** Backend, status, body; then the status and the code that the hub goes by. */
  @ParameterizedTest(name = "{0} {1} is {3} {4}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "openai|400|{\"error\":{\"message\":\"This model's maximum context length is 8192 tokens.\","
            + "\"type\":\"invalid_request_error\",\"param\":\"messages\","
            + "\"code\":\"context_length_exceeded\"}}|400|context_length_exceeded",
        "openai|404|{\"error\":{\"message\":\"The model `x` does not exist or you do not have access"
            + " to it.\",\"type\":\"invalid_request_error\",\"param\":null,"
            + "\"code\":\"model_not_found\"}}|404|model_not_found",
        "openai|404|{\"error\":{\"message\":\"Invalid URL (POST /v2/x)\","
            + "\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}|404|~~",
        "openai|400|{\"error\":{\"message\":\"flagged\",\"type\":\"invalid_request_error\","
            + "\"param\":null,\"code\":\"content_policy_violation\"}}"
            + "|400|content_policy_violation",
        "azure|400|{\"error\":{\"message\":\"filtered\",\"type\":null,\"param\":\"prompt\","
            + "\"code\":\"content_filter\"}}|400|content_filter",
        "openai|400|{\"error\":{\"message\":\"the maximum context length of a title is 9\","
            + "\"code\":\"invalid_value\"}}|400|invalid_value",
        "vllm|400|{\"error\":{\"message\":\"This model's maximum context length is 4096 tokens."
            + " However, you requested 5000 tokens.\",\"type\":\"BadRequestError\","
            + "\"param\":null,\"code\":400}}|400|context_length_exceeded",
        "vllm, flat|400|{\"object\":\"error\",\"message\":\"This model's maximum context length is 4096"
            + " tokens.\",\"type\":\"BadRequestError\",\"code\":400}|400|context_length_exceeded",
        "vllm, newer|400|{\"error\":{\"message\":\"The decoder prompt (length 5000) is longer than the"
            + " maximum model length of 4096.\",\"type\":\"BadRequestError\",\"code\":400}}"
            + "|400|context_length_exceeded",
        "vllm|404|{\"error\":{\"message\":\"The model `x` does not exist.\","
            + "\"type\":\"NotFoundError\",\"param\":\"model\",\"code\":404}}|404|model_not_found",
        "fastapi|404|{\"detail\":\"Not Found\"}|404|~~",
        "llama|400|{\"error\":{\"code\":400,\"message\":\"the request exceeds the available context"
            + " size, try increasing it\",\"type\":\"exceed_context_size_error\","
            + "\"n_prompt_tokens\":5000,\"n_ctx\":4096}}|400|context_length_exceeded",
        "llama|500|{\"error\":{\"code\":500,\"message\":\"input is too large to process. increase the"
            + " physical batch size\",\"type\":\"server_error\"}}|400|context_length_exceeded",
        "llama, newer|500|{\"error\":{\"code\":500,\"message\":\"input (600 tokens) is too large to"
            + " process. increase the physical batch size\",\"type\":\"server_error\"}}"
            + "|400|context_length_exceeded",
        "llama's router|400|{\"error\":{\"code\":400,\"message\":\"model 'x' not found\","
            + "\"type\":\"invalid_request_error\"}}|404|model_not_found",
        "llama|404|{\"error\":{\"code\":404,\"message\":\"File Not Found\","
            + "\"type\":\"not_found_error\"}}|404|~~",
        "ollama|404|{\"error\":\"model 'x' not found\"}|404|model_not_found",
        "ollama, older|404|{\"error\":\"model \\\"x\\\" not found, try pulling it first\"}"
            + "|404|model_not_found",
        "ollama|404|404 page not found|404|~~",
        "ollama|400|{\"error\":\"the input length exceeds the context length\"}"
            + "|400|context_length_exceeded",
        "openrouter|400|{\"error\":{\"code\":400,\"message\":\"This endpoint's maximum context length is"
            + " 8192 tokens.\",\"metadata\":{\"error_type\":\"invalid_request\"}}}"
            + "|400|context_length_exceeded",
        "openrouter|400|{\"error\":{\"code\":400,\"message\":\"too long\","
            + "\"metadata\":{\"error_type\":\"context_length_exceeded\"}}}"
            + "|400|context_length_exceeded",
        "openrouter|400|{\"error\":{\"code\":400,\"message\":\"x/y is not a valid model ID\"}}"
            + "|404|model_not_found",
        "openrouter|404|{\"error\":{\"code\":404,\"message\":\"No endpoints found for x/y.\","
            + "\"metadata\":{\"error_type\":\"not_found\"}}}|404|model_not_found",
        "openrouter|400|{\"error\":{\"code\":400,\"message\":\"refused\","
            + "\"metadata\":{\"error_type\":\"content_policy_violation\"}}}"
            + "|400|content_policy_violation",
        "tei|413|{\"message\":\"`inputs` must have less than 512 tokens. Given: 600\",\"code\":413,"
            + "\"type\":\"Validation\"}|413|context_length_exceeded",
        "tei|422|{\"error\":\"`inputs` must have less than 512 tokens. Given: 600\","
            + "\"error_type\":\"Validation\"}|400|context_length_exceeded",
        "tei|422|{\"message\":\"batch size 40 > maximum allowed batch size 32\",\"code\":422,"
            + "\"type\":\"Validation\"}|400|~~",
        "tei|413|length limit exceeded|413|~~",
      })
  void refusalsAreToldByOneCode(String backend, int status, String body, int told, String code) {
    assertThat(classify(status, body))
        .as(backend)
        .isInstanceOfSatisfying(
            HubError.BackendRejected.class,
            error -> {
              assertThat(error.status()).isEqualTo(told);
              assertThat(error.code()).isEqualTo(code);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"error\":\"model 'x' not found\"}|404|model_not_found",
        "{\"error\":\"the input length exceeds the context length\"}|400|context_length_exceeded",
      })
  void refusalsInsideASuccessAreToldAlike(String body, int told, String code) {
    ErrorBody error =
        Objects.requireNonNull(ErrorBody.of(Json.parse(body.getBytes(StandardCharsets.UTF_8))));
    assertThat(BackendFailures.insideSuccess(TARGET, error))
        .isInstanceOfSatisfying(
            HubError.BackendRejected.class,
            rejected -> {
              assertThat(rejected.status()).isEqualTo(told);
              assertThat(rejected.code()).isEqualTo(code);
            });
  }

  @Test
  void aServersOwnFaultStaysOne() {
    assertThat(classify(500, "{\"error\":\"an error was encountered while running the model\"}"))
        .isInstanceOfSatisfying(
            HubError.BackendFailed.class,
            error -> assertThat(error.reached()).isEqualTo(HubError.Reached.BACKEND));
  }
}
