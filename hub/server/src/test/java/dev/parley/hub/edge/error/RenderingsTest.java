package dev.parley.hub.edge.error;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.QuotaFailure;
import com.google.rpc.RequestInfo;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.error.Stage;
import dev.parley.core.model.Target;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every failure in its three renderings, as {@code renderings.txt} lists them. */
class RenderingsTest {

  private static final Target TARGET = new Target("omni", "org/model");
  private static final List<Class<? extends Message>> DETAILS =
      List.of(
          ErrorInfo.class,
          RequestInfo.class,
          BadRequest.class,
          ResourceInfo.class,
          QuotaFailure.class,
          PreconditionFailure.class,
          RetryInfo.class);

  /** At least one of each; more where the rendering depends on what is in it. */
  private static final List<HubError> ROWS =
      List.of(
          new HubError.InvalidRequest("temperature", "\"hot\"", "a number"),
          new HubError.UnsupportedMediaType("text/plain", "application/json"),
          new HubError.UnsupportedAudio("audio", "a PDF document", "wav, flac or mp3"),
          new HubError.Unauthenticated("this key is not known", "send a key of this hub"),
          new HubError.Forbidden("this key may not use model 'm'", "it may use: a, b"),
          new HubError.MethodNotAllowed("GET", "POST"),
          new HubError.CapabilityMissing("m", "no image input", "GET /v1/models shows more"),
          new HubError.NotFound(HubError.NotFound.Kind.MODEL, "qwen4", Optional.of("qwen3")),
          new HubError.NotFound(HubError.NotFound.Kind.ROUTE, "/v2", Optional.empty()),
          new HubError.NameTaken("voice", "Anna"),
          new HubError.EtagMismatch("voice", "Anna"),
          new HubError.TooLarge("the request body", "server.request_bytes_max", 1024),
          new HubError.RateLimited("omni", "60 requests per minute", Duration.ofMillis(1500)),
          new HubError.RateLimited("omni", "too many", Duration.ZERO),
          new HubError.QuotaSpent("omni", "no credit left"),
          new HubError.Overloaded("the queue of backend omni is full", Duration.ofSeconds(1)),
          new HubError.NoHealthyBackend("m", List.of("omni", "spare"), Duration.ofSeconds(5)),
          new HubError.ModelLoading("m", Duration.ofSeconds(5)),
          new HubError.BackendRejected(TARGET, 400, "context too long", "", "", "messages"),
          new HubError.BackendRejected(TARGET, 422, "bad", "their_type", "their_code", ""),
          new HubError.BackendFailed(
              TARGET, OptionalInt.of(500), "status 500", HubError.Reached.BACKEND),
          new HubError.BackendFailed(
              TARGET, OptionalInt.empty(), "the stream broke", HubError.Reached.CALLER),
          new HubError.DeadlineExceeded(Stage.FIRST_BYTE, Duration.ofSeconds(120)),
          new HubError.DeadlineExceeded(Stage.BACKEND, Duration.ZERO),
          new HubError.Cancelled(),
          new HubError.NotConfigured("speech"),
          new HubError.Internal("req_1"));

  @Test
  void everyFailureLooksAsListed() throws IOException {
    String all = ROWS.stream().map(RenderingsTest::rendered).collect(Collectors.joining("\n"));
    assertThat(all).isEqualTo(golden());
  }

  @Test
  void everyFailureHasARow() {
    assertThat(ROWS.stream().map(HubError::getClass).map(Class::getName).distinct())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(HubError.class.getPermittedSubclasses()).map(Class::getName).toList());
  }

  @Test
  void noFailureTellsTheNameOfAClass() {
    for (HubError row : ROWS) {
      String text = rendered(row).substring(rendered(row).indexOf('\n'));
      assertThat(text)
          .doesNotContain(
              "dev.parley.", "java.", "Exception", row.getClass().getSimpleName() + "[");
    }
  }

  @Test
  void whatNobodyForesawIsInternalAndTellsNothing() {
    ErrorView view = ErrorMapper.view(new IllegalStateException("secret detail"), "req_9");
    assertThat(view.http()).isEqualTo(500);
    assertThat(view.message()).contains("req_9").doesNotContain("secret");
  }

  @Test
  void looksThroughTheWrapperOfAFuture() {
    HubException known = new HubException(new HubError.Cancelled());
    assertThat(
            ErrorMapper.view(new CompletionException(new CompletionException(known)), "r").http())
        .isEqualTo(499);
  }

  private static String rendered(HubError error) {
    ErrorView view = ErrorMapper.view(error);
    AggregatedHttpResponse http = OpenAiErrors.response(view).aggregate().join();
    StringBuilder out =
        new StringBuilder("## ").append(error.getClass().getSimpleName()).append('\n');
    out.append("http ").append(http.status().code());
    for (String name : List.of("retry-after", "retry-after-ms", "x-should-retry")) {
      if (http.headers().contains(name)) {
        out.append(' ').append(name).append('=').append(http.headers().get(name));
      }
    }
    out.append('\n').append(http.contentUtf8()).append('\n');
    out.append("data: ").append(utf8(OpenAiErrors.event(view))).append('\n');
    grpc(out, GrpcErrors.exception(view, "req_1"));
    return out.toString();
  }

  private static void grpc(StringBuilder out, Throwable thrown) {
    Status status = Objects.requireNonNull(StatusProto.fromThrowable(thrown));
    out.append("grpc ").append(io.grpc.Status.fromCodeValue(status.getCode()).getCode());
    out.append(' ').append(status.getMessage()).append('\n');
    for (Any detail : status.getDetailsList()) {
      out.append("  ").append(shown(detail)).append('\n');
    }
  }

  private static String shown(Any detail) {
    try {
      for (Class<? extends Message> type : DETAILS) {
        if (type == ErrorInfo.class && detail.is(type)) {
          ErrorInfo info = detail.unpack(ErrorInfo.class);
          // A map has no order of its own.
          return "ErrorInfo "
              + info.getReason()
              + ' '
              + info.getDomain()
              + ' '
              + new TreeMap<>(info.getMetadataMap());
        }
        if (detail.is(type)) {
          return type.getSimpleName()
              + ' '
              + TextFormat.printer().emittingSingleLine(true).printToString(detail.unpack(type));
        }
      }
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("an unknown detail: " + detail.getTypeUrl());
  }

  private static String golden() throws IOException {
    try (InputStream in = RenderingsTest.class.getResourceAsStream("renderings.txt")) {
      return in == null ? "" : utf8(in.readAllBytes());
    }
  }

  private static String utf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
